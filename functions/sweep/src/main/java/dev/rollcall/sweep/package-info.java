/// Finds what is due and flips it at its deadline.
@NullMarked
package dev.rollcall.sweep;

import org.jspecify.annotations.NullMarked;
