/// Mails that jobs send: where they arrive, and what they say.
@NullMarked
package dev.rollcall.mail;

import org.jspecify.annotations.NullMarked;
