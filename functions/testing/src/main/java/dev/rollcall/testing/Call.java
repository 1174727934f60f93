package dev.rollcall.testing;

import dev.rollcall.store.RawItems;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// A call to DynamoDB.
///
/// @param operation by the client's method, such as `updateItem`
public record Call(String operation, SdkRequest request) {

  /// The partition key of the one item that it writes; empty where it writes none, or several.
  public Optional<String> writes() {
    return switch (request) {
      case UpdateItemRequest update -> Optional.of(partition(update.key()));
      case PutItemRequest put -> Optional.of(partition(put.item()));
      case DeleteItemRequest delete -> Optional.of(partition(delete.key()));
      default -> Optional.empty();
    };
  }

  private static String partition(Map<String, AttributeValue> key) {
    return Items.value(key, RawItems.PK).s();
  }

  /// What stands between a client and the table.
  @FunctionalInterface
  interface Interceptor {
    SdkResponse on(Call call, Performed performed);
  }

  /// The rest of the way to the table.
  @FunctionalInterface
  interface Performed {
    SdkResponse now(SdkRequest request);
  }

  /// The same client with an interceptor before it, which sees every call with its request, however
  /// the request was given.
  static DynamoDbClient intercepted(DynamoDbClient client, Interceptor interceptor) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              var argument = arguments == null || arguments.length == 0 ? null : arguments[0];
              if (argument instanceof SdkRequest request
                  && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
                return interceptor.on(
                    new Call(method.getName(), request),
                    sent -> (SdkResponse) invoke(() -> method.invoke(client, sent)));
              }
              // Requests by builder and in pages come back here as plain calls of the proxy.
              return argument instanceof Consumer<?> || argument instanceof SdkRequest
                  ? InvocationHandler.invokeDefault(proxy, method, arguments)
                  : invoke(() -> method.invoke(client, arguments));
            });
  }

  private interface Reflection {
    Object call() throws ReflectiveOperationException;
  }

  private static Object invoke(Reflection reflection) {
    try {
      return reflection.call();
    } catch (InvocationTargetException failed) {
      throw switch (failed.getCause()) {
        case RuntimeException unchecked -> unchecked;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(failed);
      };
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("the client's methods are public", impossible);
    }
  }
}
