/// Mail that is caught instead of sent.
@NullMarked
package dev.rollcall.local.mail;

import org.jspecify.annotations.NullMarked;
