/// Migration documents: what they say, whether they may say it, and what that means for one item.
/// Pure: items come in as attributes and go out as changes, and somebody else writes them.
@NullMarked
package dev.rollcall.migrate.document;

import org.jspecify.annotations.NullMarked;
