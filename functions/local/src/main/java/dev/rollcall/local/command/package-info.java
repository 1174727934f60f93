/// What the commands share that work on data at hand: where it is, and where they read and print.
@NullMarked
package dev.rollcall.local.command;

import org.jspecify.annotations.NullMarked;
