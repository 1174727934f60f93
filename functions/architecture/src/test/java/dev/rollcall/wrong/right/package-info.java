/// Half of a circle of packages.
@NullMarked
package dev.rollcall.wrong.right;

import org.jspecify.annotations.NullMarked;
