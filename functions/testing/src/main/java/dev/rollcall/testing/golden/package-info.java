/// What each release has written, kept as items, so that every later release is held to reading it.
@NullMarked
package dev.rollcall.testing.golden;

import org.jspecify.annotations.NullMarked;
