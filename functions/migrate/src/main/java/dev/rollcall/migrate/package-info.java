/// The function that deployments and ticks call.
@NullMarked
package dev.rollcall.migrate;

import org.jspecify.annotations.NullMarked;
