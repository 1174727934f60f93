/// Digests: names that tell nothing of what they stand for, and texts that nobody has changed.
@NullMarked
package dev.rollcall.core.digest;

import org.jspecify.annotations.NullMarked;
