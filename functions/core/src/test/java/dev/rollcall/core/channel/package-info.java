/// What channels send, compared with files.
@NullMarked
package dev.rollcall.core.channel;

import org.jspecify.annotations.NullMarked;
