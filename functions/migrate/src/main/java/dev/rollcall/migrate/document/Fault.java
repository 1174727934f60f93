package dev.rollcall.migrate.document;

/// Something that is wrong with a document.
///
/// @param file as the reader was told
/// @param line counts from 1
/// @param rule what does not hold
/// @param remedy what to do about it
public record Fault(String file, int line, String rule, String remedy) {

  @Override
  public String toString() {
    return "%s:%d: %s; %s".formatted(file, line, rule, remedy);
  }
}
