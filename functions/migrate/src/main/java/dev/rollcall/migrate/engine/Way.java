package dev.rollcall.migrate.engine;

/// What is done to each item of a migration's kind.
enum Way {
  /// Gives it what the next level adds. Older releases write meanwhile, so there is no last item,
  /// and no verifying either: settling goes over all of them again.
  EXPAND,
  /// Brings it all the way, whether it was expanded or an older release has made it meanwhile.
  SETTLE,
  /// Gives it its former shape.
  BACK,
  /// Takes away what is kept beside it: what only the way back needs, or, after the way back, what
  /// only another way up would.
  FINALISE;

  /// Whether a clean pass is followed by a wait and another one. A worker that lost its lease may
  /// be in the middle of a page, and writes it to its end; what it leaves is found then.
  boolean isVerified() {
    return this != EXPAND;
  }
}
