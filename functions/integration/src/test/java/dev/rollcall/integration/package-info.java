/// All functions together, on a cloud that they reach as they reach AWS: by the SDK's HTTP clients.
@NullMarked
package dev.rollcall.integration;

import org.jspecify.annotations.NullMarked;
