/// Holds requests and answers to what an OpenAPI document says of them, and the document to what
/// was seen.
@NullMarked
package dev.rollcall.testing.openapi;

import org.jspecify.annotations.NullMarked;
