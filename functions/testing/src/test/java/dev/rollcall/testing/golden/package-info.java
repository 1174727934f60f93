@NullMarked
package dev.rollcall.testing.golden;

import org.jspecify.annotations.NullMarked;
