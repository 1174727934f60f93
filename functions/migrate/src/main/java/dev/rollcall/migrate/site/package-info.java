/// Publishes the dashboard's files into the bucket that it is served from.
@NullMarked
package dev.rollcall.migrate.site;

import org.jspecify.annotations.NullMarked;
