package dev.rollcall.core.wrong;

import java.util.Random;
import java.util.UUID;

final class RollsDice {
  private RollsDice() {}

  static int generator() {
    return new Random().nextInt();
  }

  static UUID id() {
    return UUID.randomUUID();
  }

  static double number() {
    return Math.random();
  }
}
