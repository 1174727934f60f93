/// The shape of the data, and which release may do what with it.
@NullMarked
package dev.rollcall.core.schema;

import org.jspecify.annotations.NullMarked;
