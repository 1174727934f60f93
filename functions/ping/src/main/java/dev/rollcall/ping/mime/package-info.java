/// Reads what a mail says, whatever a mail may look like. Nothing here throws for what it reads,
/// and none of it takes longer than in proportion to what there is to read.
@NullMarked
package dev.rollcall.ping.mime;

import org.jspecify.annotations.NullMarked;
