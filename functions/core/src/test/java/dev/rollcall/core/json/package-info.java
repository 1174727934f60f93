@NullMarked
package dev.rollcall.core.json;

import org.jspecify.annotations.NullMarked;
