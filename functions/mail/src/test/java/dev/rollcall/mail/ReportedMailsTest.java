package dev.rollcall.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Mails as programs send them that do not know, or do not keep, the rules.
class ReportedMailsTest {

  @Nested
  class A_character_set {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "iso-8859-8-i | ISO-8859-8 | גיבוי",
          "iso-8859-8-e | ISO-8859-8 | גיבוי",
          "ISO_8859-8-I | ISO-8859-8 | גיבוי",
          "macintosh | x-MacRoman | réussi",
          "x-mac-roman | x-MacRoman | réussi",
          "x-mac-ce | x-MacCentralEurope | úspěšně",
          "x-cp1251 | windows-1251 | успешно",
          "cp-1251 | windows-1251 | успешно",
          "win-1251 | windows-1251 | успешно",
          "windows1251 | windows-1251 | успешно",
          "cp_1251 | windows-1251 | успешно",
          "cp-850 | IBM850 | Größe",
          "x-cp850 | IBM850 | Größe",
          "dos-850 | IBM850 | Größe",
          "cp-437 | IBM437 | Größe",
          "ibm-866 | IBM866 | успешно",
          "x-koi8-r | KOI8-R | успешно",
          "cp936 | GBK | 备份成功",
          "gb2312 | GBK | 備份成功",
          "ks_c_5601-1987 | x-windows-949 | 백업 성공 똠",
          "x-sjis | windows-31j | バックアップ成功①",
          "cp932 | windows-31j | バックアップ成功①",
          "MS_Kanji | windows-31j | バックアップ成功①",
          "x-mac-japanese | windows-31j | バックアップ成功",
          "ujis | EUC-JP | バックアップ成功",
          "cp51932 | EUC-JP | バックアップ成功",
          "cp50220 | x-windows-iso2022jp | バックアップ成功①",
          "korean | x-windows-949 | 백업 성공",
          "uhc | x-windows-949 | 백업 성공 똠",
          "x-mac-korean | x-windows-949 | 백업 성공",
          "x-mac-simp-chinese | GBK | 备份成功",
          "x-mac-trad-chinese | x-windows-950 | 備份成功",
          "big5-tw | x-windows-950 | 備份成功",
          "gb18030-2000 | GB18030 | 备份成功",
          "ISO_8859-5:1988 | ISO-8859-5 | успешно",
          "8859-7 | ISO-8859-7 | Επιτυχία",
          "latin7 | ISO-8859-13 | pavyko ž",
          "thai | x-windows-874 | สำเร็จ",
          "mac-latin2 | x-MacCentralEurope | úspěšně",
          "utf-16-le | UTF-16LE | Łódź",
          "ISO-2022-JP | x-windows-iso2022jp | バックアップ成功①",
          "_iso-2022-jp$ESC | ISO-2022-JP | 成功",
          "_iso-2022-jp$SIO | ISO-2022-JP | 成功",
          "iso-8859-1 | windows-1252 | „fertig“ – 5 €",
          "latin1 | windows-1252 | „fertig“ – 5 €",
          "iso8859-15 | ISO-8859-15 | 5 € ž",
          "iso-8859-2 | ISO-8859-2 | Łódź",
          "'utf-8' | UTF-8 | Łódź",
          "utf8 | UTF-8 | Łódź",
          "unicode-1-1-utf-8 | UTF-8 | Łódź",
          "utf-16 | UTF-16 | Łódź",
          "cp-65001 | UTF-8 | Łódź",
          "klingon | UTF-8 | Łódź",
          "unknown-8bit | UTF-8 | Łódź",
        })
    void is_known_by_all_its_names(String name, String charset, String text) throws IOException {
      var bytes = text.getBytes(Charset.forName(charset));
      var encoded = Base64.getEncoder().encodeToString(bytes);
      var header = "Subject: =?" + name.replace("'", "") + "?B?" + encoded + "?=\n";
      var type = "Content-Type: text/plain; charset=\"" + name + "\"\n";

      var read = read(header + type + "Content-Transfer-Encoding: base64\n\n" + encoded, text);

      assertThat(read.subject()).isEqualTo(text);
      assertThat(read.found()).containsExactly(text);
      assertThat(read.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "UNICODE-1-1-UTF-7", "x-unicode-2-0-utf-7", "csUnicode11UTF7"})
    void may_be_UTF_7(String name) throws IOException {
      var type = "Content-Type: text/plain; charset=" + name + "\n\n";
      assertThat(read(type + "Gr+APYA3w-e: 1 +- 1, +IKw- 5", "Größe: 1 + 1, € 5").found())
          .hasSize(1);
      assertThat(read("Subject: =?" + name + "?Q?Gr+APYA3w-e?=\n\n", "").subject())
          .isEqualTo("Größe");
      assertThat(read(type + "broken +AP and +", "broken").found()).hasSize(1);
    }

    @Test
    void keeps_no_mail_from_being_read_whatever_its_bytes_are() throws IOException {
      var random = new Random(1);
      var names = new TreeSet<>(Charset.availableCharsets().keySet());
      names.add("utf-7");
      for (var name : names) {
        var bytes = new byte[40_000];
        random.nextBytes(bytes);
        var mail = new ByteArrayOutputStream();
        var word = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 90));
        mail.writeBytes(
            ("Subject: =?" + name + "?B?" + word + "?=\nContent-Type: text/plain; charset=" + name)
                .getBytes(UTF_8));
        mail.writeBytes("\n\n".getBytes(UTF_8));
        mail.writeBytes(bytes);

        assertThat(read(mail.toByteArray(), "x").text()).as(name).isNotEmpty();
      }
      assertThat(read("Content-Type: text/plain; charset=utf-7\n\nä BACKUP-OK", "BACKUP-OK").text())
          .isEqualTo("?? BACKUP-OK");
    }

    @Test
    void that_nobody_names_is_seen_by_its_escapes() throws IOException {
      var japanese = "バックアップ成功".getBytes(Charset.forName("ISO-2022-JP"));
      var text = new String(japanese, ISO_8859_1);

      assertThat(read("Content-Type: text/plain;\n\n" + text, "成功").found()).hasSize(1);
      assertThat(read("Subject: " + text + "\n\n", "").subject()).isEqualTo("バックアップ成功");
      for (var name : new String[] {"us-ascii", "iso-8859-1", "utf-8"}) {
        var said = "Content-Type: text/plain; charset=" + name + "\n\n";
        assertThat(read(said + "x".repeat(16_383) + text, "成功").found()).hasSize(1);
        assertThat(read(said + "ok " + text + " ok", "ok バックアップ成功 ok").found()).hasSize(1);
      }
    }

    @Test
    void is_not_seen_in_the_colours_of_a_terminal() throws IOException {
      var log = "Content-Type: text/plain\n\n\u001b[32mgeprüft\u001b(B\u001b[m done ✓\u001b";

      assertThat(read(log.getBytes(UTF_8), "geprüft\u001b(B", "done ✓").found()).hasSize(2);
    }

    @Test
    void may_be_named_by_the_page_itself() throws IOException {
      var page =
          "Content-Type: text/html\n\n<html><head><meta http-equiv=\"Content-Type\" "
              + "content=\"text/html; charset=windows-1251\"></head><p>успешно";

      assertThat(read(page.getBytes(Charset.forName("windows-1251")), "успешно").found())
          .hasSize(1);
    }

    @Test
    void may_be_wrong_for_some_bytes_of_the_text() throws IOException {
      var text = ("Content-Type: text/plain; charset=utf-8\n\nüber " + "é").getBytes(UTF_8);
      text[text.length - 2] = (byte) 0xe9;
      text[text.length - 1] = '!';

      assertThat(read(text, "über é!").found()).hasSize(1);
    }
  }

  @Nested
  class Headers {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-Mailer: PHP\nX-abuse-contact\nSubject: BACKUP-OK\nContent-Type: text/plain\n\nbody",
          "X-auth: www-data\nat example org\nSubject: BACKUP-OK\n\nbody",
          "this is no header\nSubject: BACKUP-OK\n\nbody",
          "Subject : BACKUP-OK\n\nbody",
          "Subject: BACKUP-OK\nX-a: b\nat 12:30 on db1\nMIME-Version: 1.0\n\nbody",
          "Subject:\n BACKUP-OK\n\nbody",
        })
    void may_be_broken_by_the_mailer(String mail) throws IOException {
      for (var each : new String[] {mail, mail.replace("\n", "\r\n")}) {
        var read = read(each, "body", "no header");

        assertThat(read.subject()).isEqualTo("BACKUP-OK");
        assertThat(read.text()).isEqualTo("body");
        assertThat(read.found()).containsExactly("body");
      }
    }

    @Test
    void may_have_lost_the_indent_of_what_they_go_on_with() throws IOException {
      var mail = "Content-Type: multipart/mixed;\nboundary=\"b\"\n\n--b\n\nBACKUP-OK\n--b--\n";
      assertThat(read(mail, "").text()).isEqualTo("BACKUP-OK");
      assertThat(read("Subject: all went\nwell\nDate: today\n\n", "").subject())
          .isEqualTo("all went well");
    }

    @Test
    void end_where_the_text_begins_without_a_blank_line() throws IOException {
      assertThat(read("Subject: x\nAll went well\nDuration: 5 min\n\nBye", "").text())
          .isEqualTo("All went well\nDuration: 5 min\n\nBye");
      assertThat(read("x".repeat(40_000) + " BACKUP-OK", "BACKUP-OK").found()).hasSize(1);
      assertThat(read("line\n".repeat(400_000) + " BACKUP-OK", "BACKUP-OK").found()).hasSize(1);
    }

    @Test
    void may_be_as_long_as_they_like() throws IOException {
      var mail = "To: " + "somebody@example.org, ".repeat(5_000) + "\nSubject: BACKUP-OK\n\nbody";

      assertThat(read(mail, "body").subject()).isEqualTo("BACKUP-OK");
      assertThat(read(mail, "body").text()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "text/plain; charset*=utf-8'en'iso-8859-5",
          "text/plain; charset*0=iso-; charset*1=8859-5",
          "\"text/html\"; charset=iso-8859-5",
          "text/plain; format=flowed; charset = \"iso-8859-5\" (Cyrillic)",
          "TEXT/PLAIN;CHARSET=ISO-8859-5;",
          "text/plain;\n\tcharset=iso-8859-5",
        })
    void have_parameters_in_whatever_form(String type) throws IOException {
      var mail = "Content-Type: " + type + "\n\nуспешно";

      assertThat(read(mail.getBytes(Charset.forName("ISO-8859-5")), "").text())
          .isEqualTo("успешно");
    }

    @Test
    void may_have_a_boundary_in_pieces() throws IOException {
      var mail =
          "Content-Type: multipart/mixed; boundary*0=\"a \"; boundary*1=b\n\n--a b\n\nBACKUP-OK\n--a b--";

      assertThat(read(mail, "").text()).isEqualTo("BACKUP-OK");
    }
  }

  @Nested
  class A_page_of_HTML {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "<p>Sauvegarde r&eacute;ussi &#8212; &quot;ok&quot; &hearts; &rarr; &check;</p> | → ✓",
          "<p>&Epsilon;&pi;&iota;&tau;&upsilon;&chi;&#943;&alpha;</p> | Επιτυχία",
          "<p>&Scaron;koda</p> | Škoda",
          "<p>5 &minus; 3</p> | 5 − 3",
          "<p>&Lstrok;&oacute;d&zacute;</p> | Łódź",
          "<p>&CounterClockwiseContourIntegral;&NotEqualTilde;</p> | ∳≂̸",
          "<p>&permil;&infin;&Afr;</p> | ‰∞𝔄",
          "<p>caf&eacute &amp &copy2026</p> | café & ©2026",
          "<p>&#x80;&#151;</p> | €—",
        })
    void has_all_entities(String html, String word) throws IOException {
      var page = "Content-Type: text/html; charset=us-ascii\n\n" + html;

      assertThat(read(page, word).found()).containsExactly(word);
      assertThat(read(page, word).text()).contains(word);
    }

    @Test
    void is_shown_in_its_lines() throws IOException {
      var page =
          """
          Content-Type: text/html

          <html><head><title>Report</title><style>p {}</style></head><body>
          <h1>Backup</h1><p>of <b>db</b>1<br>done</p>
          <table><tr><td>files</td><td>42</td></tr><tr><td>errors</td><td>0</td></tr></table>
          <pre>a  b
            c</pre><ul><li>one</li><li>two</li></ul><div>bye</div></body></html>
          """;

      assertThat(read(page, "").text())
          .isEqualTo(
              """
              Backup

              of db1
              done

              files  42
              errors  0

              a  b
                c

              one
              two

              bye\
              """);
    }

    @Test
    void is_read_to_its_end_however_long_it_is() throws IOException {
      var style = "<style>" + "p { content: 'hidden' }".repeat(9_000) + "</style>";
      var rows = "<tr><td class='x'>row</td><td>&check;</td></tr>\n".repeat(20_000);
      var page =
          style + "<!--" + "hidden ".repeat(20_000) + "--><table>" + rows + "</table>BACKUP-OK";

      assertThat(read("Content-Type: text/html\n\n" + page, "BACKUP-OK", "hidden", "row✓").found())
          .containsExactlyInAnyOrder("BACKUP-OK", "row✓");
    }
  }

  @Nested
  class An_encoding {
    @ParameterizedTest
    @ValueSource(strings = {"x-uuencode", "uuencode", "X-UUE", "x-uue (old)"})
    void may_be_that_of_Unix(String name) throws IOException {
      var head = "Content-Type: text/plain\nContent-Transfer-Encoding: " + name + "\n\n";

      assertThat(read(head + "begin 644 f\n)0D%#2U50+4]+\n`\nend\n", "BACKUP-OK").found())
          .hasSize(1);
      assertThat(read(head + ")0D%#2U50+4]+\n", "BACKUP-OK").found()).hasSize(1);
      assertThat(read(head + "begin 644 f\n\u00ff\u0000!", "x").found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "base64;, QkFDS1VQLU9L",
      "'base64 (by PHP)', QkFDS1VQLU9L",
      "'\"base64\"', QkFDS1VQLU9L",
      "QUOTED-PRINTABLE, BACKUP=2DO=4B"
    })
    void may_be_named_sloppily(String name, String text) throws IOException {
      var head = "Content-Transfer-Encoding: " + name + "\n\n";

      assertThat(read(head + text, "BACKUP-OK").found()).hasSize(1);
    }
  }

  private static MailText read(String mail, String... words) throws IOException {
    return read(mail.getBytes(UTF_8), words);
  }

  private static MailText read(byte[] mail, String... words) throws IOException {
    return MailText.read(new ByteArrayInputStream(mail), Set.of(words), 100_000);
  }
}
