package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the body of a request was read as.
sealed interface RequestBody {

  /// The most that is read, as in the reference: 2.5 MiB.
  int LIMIT = 2_621_440;

  /// The body is an object, or there was none.
  record Read(ObjectNode json) implements RequestBody {}

  /// It is something else.
  record Refused(Problem problem) implements RequestBody {}

  static RequestBody none() {
    return new Read(JsonNodeFactory.instance.objectNode());
  }

  /// Reads a body, whatever its content type says.
  static RequestBody read(Body body) {
    if (body.isEmpty()) {
      return none();
    }
    if (body.size() > LIMIT) {
      return new Refused(new Problem.TooLarge());
    }
    try {
      return switch (Parser.MAPPER.readTree(body.bytes())) {
        case ObjectNode object when Parser.isText(object) -> new Read(object);
        case ObjectNode _ -> new Refused(new Problem.Unparsable());
        case JsonNode node when node.isMissingNode() -> new Refused(new Problem.Unparsable());
        default -> new Refused(new Problem.Invalid("value is not an object"));
      };
    } catch (JacksonException malformed) {
      return new Refused(new Problem.Unparsable());
    }
  }

  /// The reader, with limits that no request needs to come near.
  final class Parser {
    private static final int DEEPEST = 20;

    private static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private Parser() {}

    /// Whether every text in `node` is one: half of a surrogate pair, which JSON can spell, is not
    /// a character and can be stored nowhere.
    private static boolean isText(JsonNode node) {
      return node.isString()
          ? node.stringValue().codePoints().noneMatch(Parser::isSurrogate)
          : node.valueStream().allMatch(Parser::isText);
    }

    private static boolean isSurrogate(int codePoint) {
      return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
  }
}
