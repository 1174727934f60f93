/// What every table that Rollcall runs on must do, and what the stores promise on it.
@NullMarked
package dev.rollcall.testing.contract;

import org.jspecify.annotations.NullMarked;
