/// Projects: what owns checks and channels.
@NullMarked
package dev.rollcall.core.project;

import org.jspecify.annotations.NullMarked;
