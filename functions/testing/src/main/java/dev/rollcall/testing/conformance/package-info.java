/// Replays recorded behaviour of Healthchecks against anything that answers requests.
@NullMarked
package dev.rollcall.testing.conformance;

import org.jspecify.annotations.NullMarked;
