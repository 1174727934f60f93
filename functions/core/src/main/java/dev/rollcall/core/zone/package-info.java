/// What the clocks of the world show, by the newest rules that there are.
@NullMarked
package dev.rollcall.core.zone;

import org.jspecify.annotations.NullMarked;
