@NullMarked
package dev.rollcall.local.migrate;

import org.jspecify.annotations.NullMarked;
