/// What channels send, compared with files.
@NullMarked
package dev.rollcall.core.project;

import org.jspecify.annotations.NullMarked;
