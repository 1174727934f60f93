/// The messages between the functions, and the queues that carry them.
@NullMarked
package dev.rollcall.edge.queue;

import org.jspecify.annotations.NullMarked;
