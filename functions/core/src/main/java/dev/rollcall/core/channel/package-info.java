/// Channels: where alerts go. One file a channel; what a channel sends is rendered here and sent
/// elsewhere.
@NullMarked
package dev.rollcall.core.channel;

import org.jspecify.annotations.NullMarked;
