/// What the functions share at their outside: settings and AWS clients.
@NullMarked
package dev.rollcall.edge;

import org.jspecify.annotations.NullMarked;
