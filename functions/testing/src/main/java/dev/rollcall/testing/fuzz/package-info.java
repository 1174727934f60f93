/// Requests as nobody should send them, and items as nobody should find them.
@NullMarked
package dev.rollcall.testing.fuzz;

import org.jspecify.annotations.NullMarked;
