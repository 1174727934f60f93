/// Files and folders that nobody but their owner may look into.
@NullMarked
package dev.rollcall.local.disk;

import org.jspecify.annotations.NullMarked;
