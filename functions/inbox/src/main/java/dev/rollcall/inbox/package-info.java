/// The functions that take pings by mail, and pings that had to wait.
@NullMarked
package dev.rollcall.inbox;

import org.jspecify.annotations.NullMarked;
