/// Measures what a ping costs and how fast alerts leave. Nothing depends on it.
@NullMarked
package dev.rollcall.bench;

import org.jspecify.annotations.NullMarked;
