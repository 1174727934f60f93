/// Half of a circle of packages.
@NullMarked
package dev.rollcall.wrong.left;

import org.jspecify.annotations.NullMarked;
