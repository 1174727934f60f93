package dev.rollcall.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MailTextTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Nested
  class Of_a_mail_like_those_that_jobs_send {
    @Test
    void there_is_the_plain_text() throws IOException {
      assertThat(sample("cron.eml"))
          .isEqualTo(
              new Said(
                  "Cron <root@db1> /usr/local/bin/nightly-backup",
                  """
                  pg_dump: dumping contents of table "public.orders"
                  1.204 Größen geprüft, backup complete
                  """));
    }

    @Test
    void there_is_the_text_of_both_alternatives() throws IOException {
      assertThat(sample("nas-alternative.eml"))
          .isEqualTo(
              new Said(
                  "[Büro-NAS] Datensicherung „Nächtlich“ erfolgreich abgeschlossen",
                  """
                  Die Aufgabe „Nächtlich“ wurde erfolgreich abgeschlossen.
                  Dauer: 4 Min. = 240 s
                  Die Aufgabe „Nächtlich“ wurde erfolgreich abgeschlossen.\
                  """));
    }

    @Test
    void there_is_what_a_page_shows_and_nothing_of_scripts_comments_and_attachments()
        throws IOException {
      assertThat(sample("backup-html.eml"))
          .isEqualTo(
              new Said(
                  "[Warning] Backup job: Fileserver - Öffnen fehlgeschlagen",
                  "Report Fileserver Warning & errors: 1 of 3 „Öffnen“ schlug fehl – 2 < 3"));
    }

    @Test
    void there_is_nothing_of_a_mail_within_the_mail() throws IOException {
      var text = sample("bounce.eml");

      assertThat(text.subject()).isEqualTo("Undelivered Mail Returned to Sender");
      assertThat(text.body().strip()).isEqualTo("I could not deliver your message.");
    }
  }

  @Nested
  class A_page_of_HTML {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos; | a & b <c> \"d\" 'e'",
          "&Auml;&ouml;&szlig; &euro; &hellip; &ndash;&nbsp;&raquo; | Äöß € … – »",
          "&#65;&#x42;&#X43; &#128077; | ABC 👍",
          "&#0;&#1114112;&#9999999999; | \uFFFD\uFFFD\uFFFD",
          "&; &#; &#x; &#xg; &unknown; A&B &amp | &; &#; &#x; &#xg; &unknown; A&B &",
          "1 < 2 <3 a<b>c</b> | 1 < 2 <3 ac",
          "<P CLASS='a>b'>x</P ><br/><a href=x>y | xy",
          "<p title='don't'>x</p> it's | x it's",
          "a<!-- > b -->c<!DOCTYPE x>d<?xml y?>e | acde",
          "<SCRIPT>no</script x>yes<style>no</sty</style>,yes | yes,yes",
          "<scripture>yes</scripture><script>no | yes",
          "a<b | a",
        })
    void is_read_as_it_is_shown(String html, String text) {
      assertThat(read("Content-Type: text/html\n\n" + html).body()).isEqualTo(text);
    }
  }

  @Nested
  class A_subject {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Backup OK | Backup OK",
          "=?UTF-8?Q?Backup_=F0=9F=91=8D?= | Backup 👍",
          "=?utf-8*en?b?QmFja3Vw?= | Backup",
          "Re: =?utf-8?Q?=C3=BC?= und =?utf-8?Q?=C3=A4?=. | Re: ü und ä.",
          "=?utf-8?B?w7w=?==?utf-8?B?w6Q=?= | üä",
          "=?utf-8?B?w7w=?=   =?iso-8859-1?Q?=E4?= | üä",
          // One character in two words, against the rules.
          "=?utf-8?Q?=C3?= =?utf-8?Q?=BC?= | ü",
          "=?utf-8?Q?two words?= | two words",
          "=?no-such-set?Q?a=C3=BCb?= | aüb",
          "=?utf-8?X?abc?= | =?utf-8?X?abc?=",
          "=?utf-8?Q?abc | =?utf-8?Q?abc",
          "=?utf-8?Q?=ZZ=4?= | =ZZ=4",
          "100 % = all?= | 100 % = all?=",
        })
    void is_decoded_as_far_as_it_is_encoded(String header, String subject) {
      assertThat(read("Subject: " + header + "\n\n").subject()).isEqualTo(subject);
    }

    @Test
    void may_be_folded() {
      assertThat(read("Subject: Backup\r\n of db1\r\n\tfailed\r\n\r\n").subject())
          .isEqualTo("Backup of db1\tfailed");
    }

    @Test
    void may_come_in_plain_UTF_8_or_Latin_1() {
      assertThat(read("Subject: geprüft\n\n".getBytes(UTF_8)).subject()).isEqualTo("geprüft");
      assertThat(read("Subject: geprüft\n\n".getBytes(ISO_8859_1)).subject()).isEqualTo("geprüft");
    }

    @Test
    void is_the_first_of_several() {
      assertThat(read("Subject: one\nSubject: two\n three\nSUBJECT: four\n\n").subject())
          .isEqualTo("one");
    }

    @Test
    void is_empty_where_there_is_none() {
      assertThat(read("To: x\n\nSubject: not this\n"))
          .isEqualTo(new Said("", "Subject: not this\n"));
      assertThat(read("")).isEqualTo(new Said("", ""));
    }
  }

  @Nested
  class A_malformed_mail {
    @Test
    void may_lack_the_line_between_headers_and_text() {
      assertThat(read("Subject: Backup\nAll went well: yes\nOK\n"))
          .isEqualTo(new Said("Backup", "All went well: yes\nOK\n"));
    }

    @Test
    void may_begin_with_blank_lines_or_as_a_mailbox_does() {
      assertThat(read("\r\n\nSubject: Backup\n\nOK").subject()).isEqualTo("Backup");
      assertThat(read("From root@db1 Mon Jun  1\nSubject: Backup\n\nOK"))
          .isEqualTo(new Said("Backup", "OK"));
    }

    @Test
    void may_have_no_headers_at_all() {
      assertThat(read("hello world")).isEqualTo(new Said("", "hello world"));
    }

    @Test
    void may_name_character_sets_and_encodings_that_nobody_knows() {
      var head = "Content-Type: text/plain; charset=klingon\nContent-Transfer-Encoding: rot13\n\n";

      assertThat(read(head + "geprüft").body()).isEqualTo("geprüft");
    }

    @Test
    void may_call_ASCII_what_is_none() {
      var text = "Content-Type: text/plain; charset=us-ascii\n\ngeprüft";

      assertThat(read(text.getBytes(UTF_8)).body()).isEqualTo("geprüft");
      assertThat(read(text.getBytes(ISO_8859_1)).body()).isEqualTo("geprüft");
    }

    @Test
    void may_lack_its_last_boundary() {
      var mail =
          "Content-Type: multipart/mixed; boundary=\"b\n\n--b\nContent-Type: text/html\n\n<b>O</b>K";

      assertThat(read(mail).body()).isEqualTo("OK");
    }

    @Test
    void may_lack_every_boundary_or_its_name() {
      assertThat(read("Content-Type: multipart/mixed; boundary=b\n\nOK").body()).isEqualTo("OK");
      assertThat(read("Content-Type: multipart/mixed\n\nOK").body()).isEqualTo("OK");
    }

    @Test
    void may_have_boundaries_that_begin_alike() {
      var mail =
          """
          Content-Type: multipart/mixed; boundary=b

          --b
          Content-Type: multipart/alternative; boundary=b1

          --b1
          Content-Type: text/calendar

          no
          --b1

          Status: OK
          --b1--
          --b--
          """;

      assertThat(read(mail).body().strip()).isEqualTo("Status: OK");
    }

    @Test
    void may_have_damaged_base64() {
      var head = "Content-Transfer-Encoding: base64\n\n";

      assertThat(read(head + "YmFja3\n !Vw IE9L").body()).isEqualTo("backup OK");
      assertThat(read(head + "YmFja3VwIE9LI").body()).isEqualTo("backup OK");
      assertThat(read(head + "=").body()).isEmpty();
    }

    @Test
    void may_end_within_a_character() {
      var whole = "Subject: x\n\ngeprüft ü".getBytes(UTF_8);

      assertThat(read(Arrays.copyOf(whole, whole.length - 1)).body()).isEqualTo("geprüft ");
      assertThat(read("Subject: x\n\nä".getBytes(ISO_8859_1)).body()).isEqualTo("ä");
    }

    @Test
    void may_nest_without_end() {
      var mail = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        mail.append("Content-Type: multipart/mixed; boundary=b").append(i);
        mail.append("\n\n--b").append(i).append('\n');
      }

      assertThat(read(mail.append("\nOK").toString()).body()).doesNotContain("OK");
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.mail.MailTextTest#samples")
    void is_read_whatever_has_happened_to_it(String sample) throws IOException {
      var whole = bytes(sample);
      var random = new Random(42);
      for (int i = 0; i < 500; i++) {
        var damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
        for (int hits = random.nextInt(20); damaged.length > 0 && hits > 0; hits--) {
          var letters = "=?\"<>&;:-\r\n \u0000\u00ff";
          damaged[random.nextInt(damaged.length)] =
              (byte) letters.charAt(random.nextInt(letters.length()));
        }
        assertThat(read(damaged)).isNotNull();
      }
    }
  }

  @Nested
  class A_hostile_mail {
    private static final int SIZE = 2_600_000;

    @ParameterizedTest
    @MethodSource("dev.rollcall.mail.MailTextTest#hostile")
    void is_read_in_no_time(String head, String repeated) {
      var mail = (head + repeated.repeat(SIZE / repeated.length())).getBytes(ISO_8859_1);

      assertTimeoutPreemptively(LONG, () -> read(mail));
    }
  }

  static Stream<String> samples() {
    return Stream.of("cron.eml", "nas-alternative.eml", "backup-html.eml", "bounce.eml");
  }

  static Stream<Arguments> hostile() {
    var html = "Content-Type: text/html\n\n";
    var parts = "Content-Type: multipart/mixed; boundary=b\n\n";
    return Stream.of(
        Arguments.of("Subject: ", "\n "),
        Arguments.of("Subject: ", " "),
        Arguments.of("Subject: ", "=?"),
        Arguments.of("Subject: ", "=?a?Q?"),
        Arguments.of("Content-Type: multipart/mixed", "; a"),
        Arguments.of("", "a: b\n"),
        Arguments.of(html, "<"),
        Arguments.of(html, "<a b=\""),
        Arguments.of(html, "<script>"),
        Arguments.of(html, "</"),
        Arguments.of(html, "<style></s"),
        Arguments.of(html, "<!--"),
        Arguments.of(html, "&#"),
        Arguments.of(html, "&aaaaaaaaaaaaaaaaa"),
        Arguments.of(parts, "--b\n"),
        Arguments.of(parts, "--bb"),
        Arguments.of(parts, "--b\nContent-Type: multipart/mixed; boundary=b\n\n"),
        Arguments.of("Content-Transfer-Encoding: quoted-printable\n\n", "= "),
        Arguments.of("Content-Transfer-Encoding: base64\n\n", "!"));
  }

  /// @param body all the text that is searched
  private record Said(String subject, String body) {}

  private static Said read(String mail) {
    return read(mail.getBytes(UTF_8));
  }

  private static Said read(byte[] mail) {
    var searched = new StringJoiner("\n");
    var part = new StringBuilder();
    var all =
        new Mail.Searched() {
          @Override
          public void add(CharSequence piece) {
            part.append(piece);
          }

          @Override
          public void end() {
            searched.add(part.toString());
            part.setLength(0);
          }
        };
    try {
      return new Said(
          Mail.read(new ByteArrayInputStream(mail), all, 0).subject(), searched.toString());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// What a sample says, its lines ended as Java ends them.
  private static Said sample(String name) throws IOException {
    var text = read(bytes(name));
    return new Said(text.subject(), text.body().replace("\r\n", "\n"));
  }

  private static byte[] bytes(String name) throws IOException {
    try (var stream = MailTextTest.class.getResourceAsStream("/mail/" + name)) {
      if (stream == null) {
        throw new IOException("no sample " + name);
      }
      return stream.readAllBytes();
    }
  }
}
