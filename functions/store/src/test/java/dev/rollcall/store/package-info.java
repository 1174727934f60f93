/// Tests of what the store says of itself. What it does is tested by the contracts of the test kit,
/// which has tables to do it on.
@NullMarked
package dev.rollcall.store;

import org.jspecify.annotations.NullMarked;
