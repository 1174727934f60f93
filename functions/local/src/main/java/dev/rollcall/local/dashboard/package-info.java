/// `./rollcall dashboard`: shows the dashboard of a stack that serves none.
@NullMarked
package dev.rollcall.local.dashboard;

import org.jspecify.annotations.NullMarked;
