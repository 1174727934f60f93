@NullMarked
package dev.rollcall.migrate.document;

import org.jspecify.annotations.NullMarked;
