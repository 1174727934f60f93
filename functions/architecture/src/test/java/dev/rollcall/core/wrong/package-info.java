/// What core must not do, one class a sin: each is found by the rule against it.
@NullMarked
package dev.rollcall.core.wrong;

import org.jspecify.annotations.NullMarked;
