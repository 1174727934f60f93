package dev.rollcall.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;

/// What stands between the functions and DynamoDB Local. A full disk, or a file that cannot be
/// read, is to them what a fault of DynamoDB is in the cloud; and [WriteAheadLog] knows of each
/// call.
final class EmbeddedCalls {
  private EmbeddedCalls() {}

  /// @param log what has to be kept short, or null when nothing is on disk
  static DynamoDbClient of(DynamoDbClient client, @Nullable WriteAheadLog log) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              try {
                return log == null
                    ? method.invoke(client, arguments)
                    : log.during(() -> method.invoke(client, arguments));
              } catch (InvocationTargetException failed) {
                throw failed.getCause() instanceof LocalDBAccessException fault
                    ? fault(fault)
                    : failed.getCause();
              }
            });
  }

  private static InternalServerErrorException fault(LocalDBAccessException fault) {
    return InternalServerErrorException.builder()
        .message(LocalTables.trouble(fault))
        .statusCode(500)
        .cause(fault)
        .build();
  }
}
