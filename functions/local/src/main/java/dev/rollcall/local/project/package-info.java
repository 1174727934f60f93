/// `./rollcall project`: makes projects with their keys, and lists them.
@NullMarked
package dev.rollcall.local.project;

import org.jspecify.annotations.NullMarked;
