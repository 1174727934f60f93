package dev.rollcall.migrate.document;

import java.util.UUID;

/// Generates 1, 2, 3.
final class Counted implements Source {
  private int count;

  @Override
  public String uuid4() {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L + ++count).toString();
  }

  @Override
  public String hex32() {
    return "%032x".formatted(++count);
  }
}
