@NullMarked
package dev.rollcall.core.zone;

import org.jspecify.annotations.NullMarked;
