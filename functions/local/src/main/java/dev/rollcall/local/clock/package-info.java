/// The service's time on a desk: real time, and as much further as its user asks.
@NullMarked
package dev.rollcall.local.clock;

import org.jspecify.annotations.NullMarked;
