@NullMarked
package dev.rollcall.local.queue;

import org.jspecify.annotations.NullMarked;
