package dev.rollcall.core.wrong;

import java.util.logging.Logger;

final class Logs {
  private Logs() {}

  static void platform(System.Logger log) {
    log.log(System.Logger.Level.INFO, "text");
  }

  static void utility(Logger log) {
    log.info("text");
  }
}
