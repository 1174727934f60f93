package dev.rollcall.notify;

import com.amazonaws.services.lambda.runtime.Context;
import dev.rollcall.edge.FunctionLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/// The handler of the notify function. Its `MAIN_CLASS` is [NotifyWiring].
public final class NotifyFunction extends FunctionInvoker {

  static {
    FunctionLog.begin();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(),
        () -> super.handleRequest(event, answer, context));
  }
}
