/// Tests of notify: on tables in memory, a queue and an outbox of their own, and a real HTTP
/// server.
@NullMarked
package dev.rollcall.notify;

import org.jspecify.annotations.NullMarked;
