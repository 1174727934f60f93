@NullMarked
package dev.rollcall.local.clock;

import org.jspecify.annotations.NullMarked;
