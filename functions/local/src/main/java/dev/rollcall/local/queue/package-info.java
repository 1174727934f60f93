/// Queues in the process that follow the virtual clock, and what Lambda puts between a queue and a
/// function.
@NullMarked
package dev.rollcall.local.queue;

import org.jspecify.annotations.NullMarked;
