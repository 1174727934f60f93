package dev.rollcall.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item of META while it is read. A newer release may have written it: what has another type
/// than this release gives it, or a word that this release does not know, becomes a doubt and is
/// read as missing. So one reading finds all there is to find, nothing is thrown, and people see
/// the rest. Whoever decides by what was read asks for the doubts first.
///
/// Attributes that nobody asks for are no doubt: newer releases add some.
///
/// @param name as doubts call the item, such as `MIG#0007`
/// @param doubts hears of each, as a sentence without its full stop. It names no value that could
///   be a person's
public record Reading(
    String name, Map<String, AttributeValue> attributes, Consumer<String> doubts) {

  /// What may be told of a word that is not known.
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,32}");

  /// Says what is missing of attributes that are always written.
  public Reading requiring(String... names) {
    for (var each : names) {
      if (!attributes.containsKey(each)) {
        doubt(each, "is missing");
      }
    }
    return this;
  }

  /// Says that this release does not understand an attribute.
  public void doubt(String attribute, String why) {
    doubts.accept("%s: `%s` %s".formatted(name, attribute, why));
  }

  public Optional<String> text(String attribute) {
    return of(attribute, AttributeValue.Type.S, "is no text").map(AttributeValue::s);
  }

  public boolean flag(String attribute) {
    return of(attribute, AttributeValue.Type.BOOL, "is neither true nor false")
        .map(AttributeValue::bool)
        .orElse(false);
  }

  public Optional<Long> number(String attribute) {
    return of(attribute, AttributeValue.Type.N, "is no number")
        .flatMap(value -> {
          try {
            return Optional.of(Long.valueOf(value.n()));
          } catch (NumberFormatException beyond) {
            doubt(attribute, "is no whole number, or too large");
            return Optional.empty();
          }
        });
  }

  /// From 0 on.
  public Optional<Integer> count(String attribute) {
    return integer(attribute, 0);
  }

  /// A level, a vocabulary or a format: they count from 1.
  public Optional<Integer> level(String attribute) {
    return integer(attribute, 1);
  }

  public Optional<Instant> instant(String attribute) {
    return number(attribute).map(Micros::instant);
  }

  /// A word for one of these, in lower case.
  public <E extends Enum<E>> Optional<E> word(String attribute, List<E> known) {
    var word = text(attribute);
    var found =
        word.flatMap(text ->
            known.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst());
    if (word.isPresent() && found.isEmpty()) {
      doubt(
          attribute,
          word.filter(WORD.asMatchPredicate())
              .map("is `%s`, a word that this release does not know"::formatted)
              .orElse("is no word that this release knows"));
    }
    return found;
  }

  /// @param type whose constants are known
  public <E extends Enum<E>> Optional<E> word(String attribute, Class<E> type) {
    return word(attribute, Arrays.asList(type.getEnumConstants()));
  }

  public List<String> texts(String attribute) {
    var values =
        of(attribute, AttributeValue.Type.L, "is no list").map(AttributeValue::l).orElse(List.of());
    if (values.stream().anyMatch(value -> value.s() == null)) {
      doubt(attribute, "is no list of texts");
      return List.of();
    }
    return values.stream().map(AttributeValue::s).toList();
  }

  /// The attributes of an attribute.
  public Optional<Reading> map(String attribute) {
    return of(attribute, AttributeValue.Type.M, "has no attributes")
        .map(value -> new Reading(name + " " + attribute, value.m(), doubts));
  }

  /// What is there, of whatever type.
  public @Nullable AttributeValue value(String attribute) {
    return attributes.get(attribute);
  }

  private Optional<Integer> integer(String attribute, int least) {
    var number = number(attribute);
    Predicate<Long> fits = value -> value >= least && value <= Integer.MAX_VALUE;
    if (number.isPresent() && number.filter(fits).isEmpty()) {
      doubt(attribute, "is no number from %d on".formatted(least));
    }
    return number.filter(fits).map(Math::toIntExact);
  }

  private Optional<AttributeValue> of(
      String attribute, AttributeValue.Type type, String otherwise) {
    var value = Optional.ofNullable(attributes.get(attribute));
    if (value.isPresent() && value.get().type() != type) {
      doubt(attribute, otherwise);
    }
    return value.filter(there -> there.type() == type);
  }
}
