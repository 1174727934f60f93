@NullMarked
package dev.rollcall.migrate.engine;

import org.jspecify.annotations.NullMarked;
