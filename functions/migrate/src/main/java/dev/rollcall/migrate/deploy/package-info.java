/// What CloudFormation asks while it deploys, and how it is answered.
@NullMarked
package dev.rollcall.migrate.deploy;

import org.jspecify.annotations.NullMarked;
