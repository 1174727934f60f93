package dev.rollcall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The difference between two images of one item, as an update expression. Attributes that neither
/// image knows (those of a newer release) stay as they are, which is why nothing here ever puts
/// over an existing item.
record Change(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

  static Change between(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    List<String> sets = new ArrayList<>();
    List<String> removes = new ArrayList<>();
    var all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (var attribute : all) {
      var value = after.get(attribute);
      if (value != null && value.equals(before.get(attribute))) {
        continue;
      }
      var name = "#c" + names.size();
      names.put(name, attribute);
      if (value == null) {
        removes.add(name);
      } else {
        var placeholder = ":c" + values.size();
        values.put(placeholder, value);
        sets.add(name + " = " + placeholder);
      }
    }
    return new Change(clause("SET", sets) + clause("REMOVE", removes), names, values);
  }

  private static String clause(String verb, List<String> parts) {
    return parts.isEmpty() ? "" : verb + " " + String.join(", ", parts) + " ";
  }
}
