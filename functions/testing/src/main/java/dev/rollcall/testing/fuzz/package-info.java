/// Requests as nobody should send them.
@NullMarked
package dev.rollcall.testing.fuzz;

import org.jspecify.annotations.NullMarked;
