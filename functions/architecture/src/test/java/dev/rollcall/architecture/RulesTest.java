package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Every rule finds each thing that it forbids, in classes that are wrong on purpose.
class RulesTest {

  private static final JavaClasses WRONG =
      new ClassFileImporter().importPackages("dev.rollcall.core.wrong", "dev.rollcall.wrong");

  @Nested
  class Core {

    @Test
    void may_not_depend_on_what_is_not_java() {
      assertThat(findings(Rules.CORE_STANDS_ALONE))
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding).contains("NamesTheCloud", "SqsClient"));
    }

    @Test
    void may_not_read_a_clock() {
      assertFound(
          Rules.CORE_READS_NO_CLOCK,
          "ReadsTheClock.instant()",
          "ReadsTheClock.reference()",
          "ReadsTheClock.date()",
          "ReadsTheClock.millis()",
          "ReadsTheClock.nanos()",
          "ReadsTheClock.clock()",
          "ReadsTheClock.source()");
    }

    @Test
    void may_not_be_random() {
      assertFound(
          Rules.CORE_IS_NOT_RANDOM,
          "RollsDice.generator()",
          "RollsDice.id()",
          "RollsDice.number()");
    }

    @Test
    void may_not_start_threads() {
      assertFound(Rules.CORE_HAS_NO_THREADS, "StartsThreads.thread()", "StartsThreads.pool()");
    }

    @Test
    void may_not_touch_the_world() {
      assertFound(
          Rules.CORE_DOES_NO_IO,
          "TouchesTheWorld.file()",
          "TouchesTheWorld.stream()",
          "TouchesTheWorld.socket()",
          "TouchesTheWorld.environment()");
    }

    @Test
    void may_not_ask_the_jdk_what_a_clock_shows() {
      assertFound(
          Rules.CLOCKS_GO_BY_THE_NEWEST_RULES,
          "AsksTheJdk.rules(",
          "AsksTheJdk.zoned(",
          "AsksTheJdk.local(",
          "AsksTheJdk.instant(",
          "AsksTheJdk.text(");
    }

    @Test
    void may_not_log() {
      assertFound(Rules.CORE_LOGS_NOTHING, "Logs.platform(", "Logs.utility(");
    }
  }

  @Nested
  class Packages {
    @Test
    void may_not_go_in_circles() {
      assertFound(Rules.PACKAGES_HAVE_NO_CYCLES, "Slice wrong.left");
    }
  }

  @Nested
  class Classes_outside_the_store {
    @Test
    void may_not_speak_to_tables() {
      assertFound(
          Rules.ONLY_THE_STORE_SPEAKS_TO_TABLES, "SpeaksToTables.value()", "SpeaksToTables.call(");
    }
  }

  @Nested
  class Classes_that_are_neither_wirings_nor_functions {
    @Test
    void may_not_name_spring() {
      assertFound(
          Rules.ONLY_WIRINGS_AND_FUNCTIONS_NAME_SPRING,
          "Interface <dev.rollcall.wrong.NamesSpring>",
          "Interface <dev.rollcall.wrong.NamesSpring$PretendedWiring>");
    }

    @Test
    void does_not_mean_wirings_and_what_is_written_in_them() {
      assertThat(findings(Rules.ONLY_WIRINGS_AND_FUNCTIONS_NAME_SPRING))
          .noneMatch(finding -> finding.contains("RightWiring"));
    }
  }

  @Nested
  class Classes_other_than_the_courier {
    @Test
    void may_not_open_connections() {
      var findings = findings(Rules.ONLY_THE_COURIER_OPENS_CONNECTIONS);

      assertThat(findings)
          .anyMatch(finding -> finding.contains("OpensConnections.client()"))
          .anyMatch(finding -> finding.contains("OpensConnections.address("))
          .anyMatch(finding -> finding.contains("OpensConnections.socket()"))
          .noneMatch(finding -> finding.contains("dev.rollcall.wrong.Courier"));
    }
  }

  @Nested
  class Names {
    @Test
    void may_not_fit_anything() {
      assertThat(findings(Rules.NAMES_SAY_WHAT_THINGS_ARE))
          .anyMatch(finding -> finding.contains("PingHelper>"))
          .anyMatch(finding -> finding.contains("CheckDto>"))
          .noneMatch(finding -> finding.contains("HelpersOfHerself"));
    }
  }

  private static void assertFound(ArchRule rule, String... places) {
    for (var place : places) {
      assertThat(findings(rule)).anyMatch(finding -> finding.contains(place));
    }
  }

  private static List<String> findings(ArchRule rule) {
    return rule.evaluate(WRONG).getFailureReport().getDetails();
  }
}
