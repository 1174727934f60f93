/// The whole service in one process on a desk: the functions as they are, fed the events that the
/// cloud would feed them.
@NullMarked
package dev.rollcall.local;

import org.jspecify.annotations.NullMarked;
