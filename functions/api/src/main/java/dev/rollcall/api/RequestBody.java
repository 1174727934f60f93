package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
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
      return switch (Parser.MAPPER.readTree(Parser.text(body))) {
        case ObjectNode object when Parser.isText(object) -> new Read(object);
        case ObjectNode _ -> new Refused(new Problem.Unparsable());
        case JsonNode node when node.isMissingNode() -> new Refused(new Problem.Unparsable());
        default -> new Refused(new Problem.Invalid("value is not an object"));
      };
    } catch (JacksonException | CharacterCodingException malformed) {
      return new Refused(new Problem.Unparsable());
    }
  }

  /// The reader, with limits that no request needs to come near. It takes `NaN` and `Infinity` for
  /// numbers, as the reference does; no field does.
  final class Parser {
    private static final int DEEPEST = 500;

    /// The longest whole number that the reference reads.
    private static final int MOST_DIGITS = 4300;

    private static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(MOST_DIGITS)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Parser() {}

    /// A body as text. It is UTF-8 and nothing else, and begins with no byte order mark.
    private static String text(Body body) throws CharacterCodingException {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
    }

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
