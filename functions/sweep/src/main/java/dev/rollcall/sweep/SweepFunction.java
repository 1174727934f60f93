package dev.rollcall.sweep;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/// The handler of the sweep function. Its `MAIN_CLASS` is [SweepWiring].
public final class SweepFunction extends FunctionInvoker {}
