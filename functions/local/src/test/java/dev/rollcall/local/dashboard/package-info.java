@NullMarked
package dev.rollcall.local.dashboard;

import org.jspecify.annotations.NullMarked;
