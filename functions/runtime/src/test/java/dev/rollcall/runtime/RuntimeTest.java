package dev.rollcall.runtime;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What tests of running functions share. The zips have native libraries for Linux only.
@EnabledOnOs(OS.LINUX)
abstract class RuntimeTest {
  static final Template TEMPLATE = Template.ofTheProject();

  @TempDir static Path folder;

  static Cloud cloud;

  @BeforeAll
  static void startCloud() throws Exception {
    cloud = new Cloud(TEMPLATE);
  }

  @AfterAll
  static void stopCloud() throws Exception {
    cloud.stop();
  }

  /// The functions of the template.
  static List<Template.Function> functions() {
    return TEMPLATE.functions();
  }
}
