package dev.rollcall.notify;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/// The handler of the notify function. Its `MAIN_CLASS` is [NotifyWiring].
public final class NotifyFunction extends FunctionInvoker {}
