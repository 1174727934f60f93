/// Stand-ins for parts of AWS that no emulation in this process has, by their wire, on loopback
/// ports.
@NullMarked
package dev.rollcall.testing.cloud;

import org.jspecify.annotations.NullMarked;
