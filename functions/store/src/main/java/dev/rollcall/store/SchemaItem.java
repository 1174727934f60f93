package dev.rollcall.store;

import dev.rollcall.core.schema.Schema;
import java.util.List;
import java.util.Optional;

/// What the data says of its own shape, as far as this release understands it: the item `SCHEMA` of
/// META, which a newer release may have written. These five attributes mean the same in every
/// format of META. Levels are empty where they are not understood.
///
/// @param phase one that this release does not know is [Schema.Phase#BLOCKED]: a person has to
///   look, and the bounds say what may be done meanwhile
/// @param unclear what is not understood, as sentences without their full stops
public record SchemaItem(
    Optional<Integer> level,
    Optional<Integer> writeLevel,
    Optional<Integer> minReader,
    Optional<Integer> minWriter,
    Schema.Phase phase,
    List<String> unclear) {

  public SchemaItem {
    unclear = List.copyOf(unclear);
  }

  public static SchemaItem of(Schema schema) {
    return new SchemaItem(
        Optional.of(schema.level()),
        Optional.of(schema.writeLevel()),
        Optional.of(schema.minReader()),
        Optional.of(schema.minWriter()),
        schema.phase(),
        List.of());
  }

  /// Empty when a level is not understood: no release can tell then what it may do.
  public Optional<Schema> schema() {
    return level.flatMap(all ->
        writeLevel.flatMap(written ->
            minReader.flatMap(reader ->
                minWriter.map(writer -> new Schema(all, written, reader, writer, phase)))));
  }

  /// @throws UnreadableItem when a level is not understood
  public Schema understood() {
    return schema().orElseThrow(() -> new UnreadableItem("META " + String.join("; ", unclear)));
  }
}
