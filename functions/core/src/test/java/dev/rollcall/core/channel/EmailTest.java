package dev.rollcall.core.channel;

import static dev.rollcall.core.channel.Samples.NOON;
import static dev.rollcall.core.channel.Samples.down;
import static dev.rollcall.core.channel.Samples.file;
import static dev.rollcall.core.channel.Samples.ping;
import static dev.rollcall.core.channel.Samples.render;
import static dev.rollcall.core.channel.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {
  private static final Map<String, Object> ANN = Map.of("value", "ann@example.org");

  private static Delivery.Mail mail(Alert alert) {
    return (Delivery.Mail) render(new Email(), alert, ANN);
  }

  @Test
  void Has_the_kind_of_the_reference_and_a_title_for_people() {
    assertThat(new Email().kind()).isEqualTo("email");
    assertThat(new Email().title()).isEqualTo("E-mail");
  }

  @Nested
  class Of_a_check_that_failed {
    private final Delivery.Mail mail =
        mail(
            down(
                "Nightly <backup>",
                "prod db",
                cron("0 3 * * *", "Europe/Riga"),
                "Europe/Riga",
                Reason.FAILURE,
                ping(3, "tar: /var/lib: Cannot open: <denied>\nexit 3\n")));

    @Test
    void goes_to_the_address_with_the_status_and_the_name_in_its_subject() {
      assertThat(mail.to()).isEqualTo("ann@example.org");
      assertThat(mail.subject()).isEqualTo("DOWN | Nightly <backup>");
    }

    @Test
    void does_not_show_itself_where_it_may_be_logged() {
      assertThat(mail).hasToString("Mail[]");
    }

    @Test
    void says_in_plain_text_what_is_known() {
      assertThat(mail.text()).isEqualTo(file("email-failed.txt"));
    }

    @Test
    void says_the_same_in_html() {
      assertThat(mail.html()).isEqualTo(file("email-failed.html"));
    }

    @Test
    void has_nothing_by_which_the_check_could_be_pinged() {
      assertThat(mail.text() + mail.html()).doesNotContain("/ping/");
    }
  }

  @Nested
  class Of_a_check_that_fell_silent {
    private final Delivery.Mail mail = mail(down("Nightly backup", "", null));

    @Test
    void says_so_and_leaves_out_what_is_not_there() {
      assertThat(mail.text()).isEqualTo(file("email-silent.txt"));
    }
  }

  @Nested
  class Of_a_check_that_came_up {
    @Test
    void says_for_how_long_it_was_down() {
      var since = NOON.minus(Duration.ofMinutes(185));
      var mail = mail(up("Nightly backup", "prod", since));
      assertThat(mail.subject()).isEqualTo("UP | Nightly backup");
      assertThat(mail.text()).isEqualTo(file("email-up.txt"));
      assertThat(mail.html())
          .contains("Nightly backup is up again after 3 hours, 5 minutes.")
          .contains("background:#1e7a3c");
    }

    @Test
    void does_not_guess_when_the_beginning_is_not_known() {
      assertThat(mail(up("Nightly backup", "", null)).text())
          .startsWith("Nightly backup is up again.\n");
    }
  }

  @Nested
  class Of_odd_checks {
    @Test
    void keeps_a_name_with_line_breaks_on_one_line() {
      assertThat(mail(down("a\r\nBcc: b@example.org", "", null)).subject())
          .isEqualTo("DOWN | a Bcc: b@example.org");
    }

    @Test
    void does_not_name_a_nameless_check_by_its_secret_id() {
      assertThat(mail(down("", "", null)).subject()).isEqualTo("DOWN | A check without a name");
    }

    @Test
    void says_what_the_check_says_of_itself() {
      assertThat(mail(Samples.downWith("Restart the runner,\nthen call Ann.")).text())
          .contains("\nDescription: Restart the runner, then call Ann.\n");
    }

    @Test
    void shows_what_fits_whole() {
      assertThat(mail(down("x", "", ping(null, "a".repeat(10_000)))).text())
          .contains("\n" + "a".repeat(10_000) + "\n");
    }

    @Test
    void shows_the_end_of_what_does_not_fit_from_a_line_on() {
      var body = "copied file 12345 of the nightly set\n".repeat(600) + "ERROR: <disk> full\n";
      var mail = mail(down("x", "", ping(1, body)));
      var lines = "copied file 12345 of the nightly set\n".repeat(269);

      assertThat(mail.text())
          .contains(
              "\n[… 12247 bytes before this are left out]\n" + lines + "ERROR: <disk> full\n");
      assertThat(mail.html())
          .contains(
              ">[… 12247 bytes before this are left out]\n" + lines + "ERROR: &lt;disk&gt; full<");
    }

    @Test
    void cuts_no_character_of_a_long_line() {
      var text = mail(down("x", "", ping(null, "b" + "😀".repeat(3_000) + "end"))).text();
      assertThat(text)
          .contains("left out]\n" + "😀".repeat(2_499) + "end\n")
          .doesNotContain("😀".repeat(2_500), "\ufffd");
    }

    @Test
    void shows_of_a_mail_its_subject_and_text() {
      var raw = ping(null, "Received: from db1\r\n\r\nIl backup =C3=A8 riuscito");
      var mail = new Ping.Mail("Backup: riuscito", "Il backup è riuscito");
      var ping =
          new Ping(raw.check(), 17, raw.at(), raw.signal(), null, raw.source(), raw.body(), mail);

      assertThat(mail(down("x", "", ping)).text())
          .contains("ping:\n\nBackup: riuscito\n\nIl backup è riuscito\n\n--")
          .doesNotContain("Received");
    }

    @Test
    void leaves_out_what_is_meant_for_terminals() {
      var body = "\u001b[1;31mERROR\u001b(B\u001b[m\u0007 10%\r100%\r\ndone";
      assertThat(mail(down("x", "", ping(null, body))).text())
          .contains("\nERROR 10%\n100%\ndone\n");
    }
  }

  @Test
  void Says_so_when_only_a_newer_release_knows_why() {
    var alert = down("x", "", cron("0 3 * * *", "UTC"), "UTC", Reason.UNKNOWN, null);
    assertThat(mail(alert).text())
        .startsWith("x is down: for a reason that only a newer release of Rollcall knows.\n");
  }

  @Nested
  class Told_late {
    @Test
    void says_that_the_outage_is_over_and_when_it_was() {
      var late = mail(Samples.late(Duration.ofMinutes(20)));
      assertThat(late.subject()).isEqualTo("WAS DOWN | x");
      assertThat(late.text())
          .startsWith(
              "This alert is late. x went down at Monday 1 June 2026, 12:00:00 UTC, came up at"
                  + " Monday 1 June 2026, 12:20:00 UTC: no success was reported in time.\n")
          .contains("\nWent down:")
          .doesNotContain("Down since");
      assertThat(late.html()).contains("#b3261e").contains("WAS DOWN");
    }

    @Test
    void counts_flips_that_are_told_as_one() {
      var up = mail(Samples.several(Status.UP, 12, 1));
      assertThat(up.subject()).isEqualTo("UP | x");
      assertThat(up.text())
          .startsWith(
              "x is up again. This channel could not be told in time: since Monday 1 June 2026,"
                  + " 09:00:00 UTC it went down 12 times and came up once.\n")
          .contains("\nUp since:");
      var down = mail(Samples.several(Status.DOWN, 2, 1));
      assertThat(down.subject()).isEqualTo("DOWN | x");
      assertThat(down.text())
          .startsWith("x is down. This channel could not be told in time: since ")
          .contains("went down 2 times and came up once.")
          .contains("\nDown since:");
    }
  }

  @Nested
  class With_one_kind_of_news_switched_off {
    @Test
    void sends_what_counts_several_when_one_of_them_is_wanted() {
      Map<String, Object> onlyUp = Map.of("value", "ann@example.org", "down", false);
      Map<String, Object> onlyDown = Map.of("value", "ann@example.org", "up", false);
      for (var settings : List.of(onlyUp, onlyDown)) {
        assertThat(render(new Email(), Samples.several(Status.UP, 1, 1), settings))
            .isInstanceOf(Delivery.Mail.class);
      }
      assertThat(render(new Email(), Samples.several(Status.DOWN, 1, 0), onlyUp))
          .isEqualTo(new Delivery.Nothing());
      assertThat(render(new Email(), Samples.several(Status.UP, 0, 1), onlyDown))
          .isEqualTo(new Delivery.Nothing());
    }

    @Test
    void sends_the_other_kind_and_tests() {
      Map<String, Object> onlyUp = Map.of("value", "ann@example.org", "down", false);
      Map<String, Object> onlyDown = Map.of("value", "ann@example.org", "up", false);
      var test = Alert.test(Samples.PROJECT, "", Samples.SITE, NOON);
      assertThat(render(new Email(), down("x", "", null), onlyUp))
          .isEqualTo(new Delivery.Nothing());
      assertThat(render(new Email(), up("x", "", null), onlyDown))
          .isEqualTo(new Delivery.Nothing());
      assertThat(render(new Email(), up("x", "", null), onlyUp)).isInstanceOf(Delivery.Mail.class);
      assertThat(render(new Email(), down("x", "", null), onlyDown))
          .isInstanceOf(Delivery.Mail.class);
      assertThat(render(new Email(), test, onlyUp)).isInstanceOf(Delivery.Mail.class);
    }

    @Test
    void refuses_both_off() {
      assertThat(new Email().read(Map.of("value", "a@b.example", "up", false, "down", false)))
          .isInstanceOf(Reading.Invalid.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ann", "@example.org", "ann@", "a@b@c", "a b@example.org", "a@b\r\nBcc: c@d"})
  void Refuses_what_is_no_address(String address) {
    assertThat(new Email().read(Map.of("value", address)))
        .isInstanceOfSatisfying(
            Reading.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@example.org", "o'neil+rc@mail.example.co.uk", "root@localhost"})
  void Takes_what_is_one(String address) {
    assertThat(new Email().read(Map.of("value", address)))
        .isEqualTo(new Reading.Valid<>(new Email.Settings(address, true, true)));
  }

  private static Schedule cron(String expression, String zone) {
    return ((Parsed.Valid) Cron.parse(expression, ZoneId.of(zone))).schedule();
  }
}
