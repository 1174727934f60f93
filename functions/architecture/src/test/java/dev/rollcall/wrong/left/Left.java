package dev.rollcall.wrong.left;

import dev.rollcall.wrong.right.Right;

public record Left(Right other) {}
