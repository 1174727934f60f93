/// What a module outside the store must not do, one class a sin.
@NullMarked
package dev.rollcall.wrong;

import org.jspecify.annotations.NullMarked;
