@NullMarked
package dev.rollcall.local.mail;

import org.jspecify.annotations.NullMarked;
