package dev.rollcall.store;

/// An item that this release cannot read: written by a release it does not know, or damaged.
public final class UnreadableItem extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableItem(String what, Throwable cause) {
    super(what, cause);
  }

  UnreadableItem(String what) {
    super(what);
  }
}
