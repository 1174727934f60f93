package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds every module's classes to the rules.
class ArchitectureTest {

  private static final JavaClasses ROLLCALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.rollcall");

  private static final Path SOURCES = Path.of("src", "main", "java");

  /// A module that is missing here is missing from this module's pom.
  @Test
  void every_module_is_looked_at() throws IOException {
    for (var module : modules()) {
      assertThat(classNames(module.resolve(SOURCES)))
          .as(module.toString())
          .allMatch(ROLLCALL::contain);
    }
    assertThat(modules()).hasSizeGreaterThan(3);
  }

  @Test
  void core_stands_alone() {
    Rules.CORE_STANDS_ALONE.check(ROLLCALL);
  }

  @Test
  void core_reads_no_clock() {
    Rules.CORE_READS_NO_CLOCK.check(ROLLCALL);
  }

  @Test
  void core_is_not_random() {
    Rules.CORE_IS_NOT_RANDOM.check(ROLLCALL);
  }

  @Test
  void core_has_no_threads() {
    Rules.CORE_HAS_NO_THREADS.check(ROLLCALL);
  }

  @Test
  void clocks_go_by_the_newest_rules() {
    Rules.CLOCKS_GO_BY_THE_NEWEST_RULES.check(ROLLCALL);
  }

  @Test
  void core_does_no_io() {
    Rules.CORE_DOES_NO_IO.check(ROLLCALL);
  }

  @Test
  void core_logs_nothing() {
    Rules.CORE_LOGS_NOTHING.check(ROLLCALL);
  }

  @Test
  void packages_have_no_cycles() {
    Rules.PACKAGES_HAVE_NO_CYCLES.check(ROLLCALL);
  }

  @Test
  void only_the_store_speaks_to_tables() {
    Rules.ONLY_THE_STORE_SPEAKS_TO_TABLES.check(ROLLCALL);
  }

  @Test
  void only_wirings_and_functions_name_spring() {
    Rules.ONLY_WIRINGS_AND_FUNCTIONS_NAME_SPRING.check(ROLLCALL);
  }

  @Test
  void only_the_courier_opens_connections() {
    Rules.ONLY_THE_COURIER_OPENS_CONNECTIONS.check(ROLLCALL);
  }

  @Test
  void names_say_what_things_are() {
    Rules.NAMES_SAY_WHAT_THINGS_ARE.check(ROLLCALL);
  }

  private static List<Path> modules() throws IOException {
    try (var siblings = Files.list(Path.of(".."))) {
      return siblings.filter(module -> Files.isDirectory(module.resolve(SOURCES))).toList();
    }
  }

  private static List<String> classNames(Path sources) throws IOException {
    try (var files = Files.walk(sources)) {
      return files
          .map(file -> sources.relativize(file).toString())
          .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
          .map(file -> file.replace(".java", "").replace(File.separatorChar, '.'))
          .toList();
    }
  }
}
