@NullMarked
package dev.rollcall.migrate.deploy;

import org.jspecify.annotations.NullMarked;
