@NullMarked
package dev.rollcall.core.check;

import org.jspecify.annotations.NullMarked;
