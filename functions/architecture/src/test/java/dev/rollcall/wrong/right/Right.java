package dev.rollcall.wrong.right;

import dev.rollcall.wrong.left.Left;
import org.jspecify.annotations.Nullable;

public record Right(@Nullable Left other) {}
