/// Brings the data from level to level, and back, by what is written in the data itself.
///
/// A migration from level L to L+1 goes through these phases. Each transition is one transaction on
/// META, under the generation that it was decided in; after each one that says *wait*, nobody
/// touches an item until every function has read META anew.
///
/// | phase | `level` | `writeLevel` | who may serve | bounds | then |
/// |---|---|---|---|---|---|
/// | STEADY | L | L | what the bounds say | of all that was applied | |
/// | EXPANDING, *wait* | L | L | L and L+1 | and `whileExpanding` | passes until one is clean |
/// | EXPANDED | L | L | L and L+1 | the same | |
/// | SETTLING, *wait* | L | L+1 | L+1 | and `whenApplied` | passes, a verifying one |
/// | STEADY | L+1 | L+1 | what the bounds say | the same | |
/// | ROLLING_BACK, *wait* | L | L | L+1; L if the bounds say so | the same | passes, a verifying one |
/// | STEADY | L | L | what the bounds say | without this one | |
/// | STEADY, tolerated | L+1 | L | L and L+1 | the same | the next way up goes over all items again |
/// | BLOCKED | as it was | as it was | as it was | the same | again, or back |
///
/// The highest version that an item may have is `level` in STEADY, and one more in every other
/// phase.
@NullMarked
package dev.rollcall.migrate.engine;

import org.jspecify.annotations.NullMarked;
