/// Takes pings. The hot path of the product: plain code, no framework.
@NullMarked
package dev.rollcall.ping;

import org.jspecify.annotations.NullMarked;
