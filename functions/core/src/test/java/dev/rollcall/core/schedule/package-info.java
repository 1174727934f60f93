@NullMarked
package dev.rollcall.core.schedule;

import org.jspecify.annotations.NullMarked;
