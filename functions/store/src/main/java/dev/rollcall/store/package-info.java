/// The only place that knows DynamoDB: which items there are, how they are keyed, and under which
/// conditions they are written. `docs/table.md` lists every key pattern.
@NullMarked
package dev.rollcall.store;

import org.jspecify.annotations.NullMarked;
