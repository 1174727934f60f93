package dev.rollcall.core.channel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A mail to one address. Settings are those of the reference.
final class Email implements Channel<Email.Settings> {

  /// The longest address that fits into an SMTP command (RFC 5321, section 4.5.3.1).
  private static final int ADDRESS_LIMIT = 254;

  /// @param down tell of checks that go down
  /// @param up tell of checks that come up again
  record Settings(String address, boolean down, boolean up) {}

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public String title() {
    return "E-mail";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.of("value", "Address", Field.Type.EMAIL, "").asRequired().withLimit(ADDRESS_LIMIT),
        Field.of("down", "When a check goes down", Field.Type.CHECKBOX, true),
        Field.of("up", "When a check comes up again", Field.Type.CHECKBOX, true));
  }

  @Override
  public Reading<Settings> read(Map<String, Object> settings) {
    return Form.read(
        fields(),
        settings,
        form -> {
          var read = new Settings(form.text("value"), form.flag("down"), form.flag("up"));
          return read.down() || read.up()
              ? new Reading.Valid<>(read)
              : new Reading.Invalid<>("down", "is off, and so is the other: nothing is ever sent");
        });
  }

  @Override
  public Delivery render(Alert alert, Settings settings) {
    var wanted =
        switch (alert) {
          case Alert.WentDown _ -> settings.down();
          case Alert.CameUp _ -> settings.up();
          case Alert.Several several ->
              (settings.down() && several.falls() > 0)
                  || (settings.up() && several.recoveries() > 0);
          case Alert.Test _ -> true;
        };
    return wanted ? mail(settings.address(), Wording.of(alert)) : new Delivery.Nothing();
  }

  private static Delivery mail(String address, Wording wording) {
    var subject = wording.status() + " | " + wording.name();
    return new Delivery.Mail(address, subject, text(wording), EmailPage.html(wording), Map.of());
  }

  private static String text(Wording wording) {
    var width = wording.facts().stream().mapToInt(fact -> fact.label().length()).max().orElse(0);
    var facts =
        wording.facts().stream()
            .map(fact ->
                (fact.label() + ":" + " ".repeat(width)).substring(0, width + 2) + fact.value())
            .collect(Collectors.joining("\n"));
    var body =
        wording.body().isEmpty() ? "" : "Body of the last ping:\n\n" + wording.body() + "\n\n";
    return """
    %s

    %s

    See it: %s

    %s--
    Rollcall
    """
        .formatted(wording.sentence(), facts, wording.link(), body);
  }
}
