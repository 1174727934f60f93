/// Requests and answers as API Gateway's HTTP API hands them to a function (payload format 2.0).
@NullMarked
package dev.rollcall.edge.http;

import org.jspecify.annotations.NullMarked;
