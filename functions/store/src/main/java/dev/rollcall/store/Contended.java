package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;

/// A write lost every one of a great many races for one check. Nothing was written; the caller may
/// try again later.
public final class Contended extends RuntimeException {
  private static final long serialVersionUID = 1;

  Contended(CheckId check) {
    super("too many writers on check " + Integer.toHexString(check.hashCode()));
  }
}
