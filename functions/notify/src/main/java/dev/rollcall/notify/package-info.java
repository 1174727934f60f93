/// Tells channels of flips: one message a channel, each sent until it is taken, refused or given
/// up.
@NullMarked
package dev.rollcall.notify;

import org.jspecify.annotations.NullMarked;
