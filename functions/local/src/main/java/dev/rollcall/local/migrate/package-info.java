/// `./rollcall migrate`: looks at migrations, and runs them, by hand.
@NullMarked
package dev.rollcall.local.migrate;

import org.jspecify.annotations.NullMarked;
