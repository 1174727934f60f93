@NullMarked
package dev.rollcall.local.project;

import org.jspecify.annotations.NullMarked;
