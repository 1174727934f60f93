@NullMarked
package dev.rollcall.migrate.site;

import org.jspecify.annotations.NullMarked;
