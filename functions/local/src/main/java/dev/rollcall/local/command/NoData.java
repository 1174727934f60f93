package dev.rollcall.local.command;

/// There is no data where a command was told to look. The message says where, and what helps.
public final class NoData extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoData(String message) {
    super(message);
  }
}
