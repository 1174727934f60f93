/// What the parts of Rollcall may know of each other.
@NullMarked
package dev.rollcall.architecture;

import org.jspecify.annotations.NullMarked;
