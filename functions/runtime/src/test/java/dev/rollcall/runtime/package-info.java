/// The functions as Lambda runs them: their zips under the real runtime interface client, with the
/// variables of `template.yaml`.
@NullMarked
package dev.rollcall.runtime;

import org.jspecify.annotations.NullMarked;
