package dev.rollcall.api;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/// The Lambda function: starts Spring with [ApiWiring] and nothing else.
public final class ApiFunction extends FunctionInvoker {

  static {
    // How the adapter is told where to start. It is read in the constructor of FunctionInvoker.
    System.setProperty("MAIN_CLASS", ApiWiring.class.getName());
  }

  public ApiFunction() {
    super(ApiWiring.FUNCTION);
  }
}
