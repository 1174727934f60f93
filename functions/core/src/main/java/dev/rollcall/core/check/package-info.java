/// Checks and what happens to them: signals, steps, flips. Pure functions over immutable values.
@NullMarked
package dev.rollcall.core.check;

import org.jspecify.annotations.NullMarked;
