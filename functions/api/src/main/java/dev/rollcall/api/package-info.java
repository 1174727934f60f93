/// The management API. [dev.rollcall.api.Routes] is its table of contents.
@NullMarked
package dev.rollcall.api;

import org.jspecify.annotations.NullMarked;
