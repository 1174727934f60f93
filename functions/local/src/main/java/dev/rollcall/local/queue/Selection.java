package dev.rollcall.local.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/// Which attributes a receiver asked for; SQS sends no others.
///
/// @param system names of system attributes, possibly `All`
/// @param message names of message attributes; `All` and `.*` mean every one, `prefix.*` those that
///   begin so
record Selection(Set<MessageSystemAttributeName> system, List<String> message) {

  static Selection askedBy(ReceiveMessageRequest request) {
    return new Selection(
        Set.copyOf(request.messageSystemAttributeNames()), request.messageAttributeNames());
  }

  Message of(Message delivered) {
    var systemAttributes = new HashMap<>(delivered.attributes());
    if (!system.contains(MessageSystemAttributeName.ALL)) {
      systemAttributes.keySet().retainAll(system);
    }
    var messageAttributes = new HashMap<>(delivered.messageAttributes());
    messageAttributes.keySet().removeIf(name -> message.stream().noneMatch(m -> covers(m, name)));
    return delivered.toBuilder()
        .attributes(systemAttributes)
        .messageAttributes(messageAttributes)
        .build();
  }

  private static boolean covers(String asked, String name) {
    return asked.equals("All")
        || asked.equals(name)
        || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
  }
}
