/// JSON texts for what core renders itself: webhook bodies and providers' messages.
@NullMarked
package dev.rollcall.core.json;

import org.jspecify.annotations.NullMarked;
