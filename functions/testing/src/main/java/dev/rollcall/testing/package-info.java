/// What tests share: tables in memory, a clock that is set, checks by builder, capacity counted.
@NullMarked
package dev.rollcall.testing;

import org.jspecify.annotations.NullMarked;
