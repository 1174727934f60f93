package dev.rollcall.api;

import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.Site;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/// Badges of projects, tags and checks: public, under addresses that cannot be guessed.
record Badges(Stores stores, Site site) {
  private static final String ALL = "*";

  /// What the badge of a whole project says, unless it is of a tag.
  private static final String PROJECT_LABEL = "Mychecks";

  private static final List<String> FORMATS = List.of("svg", "json", "shields");

  /// The addresses of a project's badges: one for each tag and one for all checks, in each format,
  /// with two states and with three.
  Answer list(Call call) {
    var project = stores.projects().find(call.project());
    if (project.isEmpty()) {
      return new Problem.NoSuchPage();
    }
    var badges = new LinkedHashMap<String, Object>();
    var tags = new TreeSet<String>();
    stores
        .catalog()
        .listing(call.project())
        .checks()
        .forEach(check -> tags.addAll(check.details().tagList()));
    tags.forEach(tag -> badges.put(tag, addresses(project.get(), tag)));
    badges.put(ALL, addresses(project.get(), ALL));
    return Answer.ok(Map.of("badges", badges));
  }

  /// The badge of all checks of a project.
  Answer ofProject(Call call) {
    return ofTag(call, ALL);
  }

  /// The badge of the checks with one tag, whose name is percent-encoded twice: once so that it may
  /// hold a slash, once for the address.
  Answer ofTag(Call call) {
    return ofTag(call, PathPattern.decode(call.variable("tag")));
  }

  /// The badge of one check.
  Answer ofCheck(Call call) {
    if (!FORMATS.contains(call.variable("format"))) {
      return new Problem.NoSuchName();
    }
    var check =
        stores
            .catalog()
            .byBadgeKey(UUID.fromString(call.variable("check")))
            .flatMap(stores.catalog()::find);
    if (check.isEmpty()) {
      return new Problem.NoSuchPage();
    }
    var details = check.get().details();
    var label = details.name().isEmpty() ? details.id().toString() : details.name();
    var showsLate = Integer.parseInt(call.variable("states")) == 3;
    return badge(call, label, new CheckCatalog.Listing(List.of(check.get()), List.of()), showsLate);
  }

  private Answer ofTag(Call call, String tag) {
    var label = tag.equals(ALL) ? PROJECT_LABEL : tag;
    var signature = call.variable("signature");
    return stores
        .projects()
        .byBadgeKey(call.variable("badge"))
        .flatMap(stores.projects()::find)
        .filter(project -> BadgeSignature.holds(signature, project, tag))
        .map(project ->
            badge(call, label, tagged(project, tag), !BadgeSignature.hasTwoStates(signature)))
        .orElseGet(Problem.NoSuchName::new);
  }

  /// With all of the project's checks that this release cannot read, since nobody can say which
  /// tags those have.
  private CheckCatalog.Listing tagged(Project project, String tag) {
    var listing = stores.catalog().listing(project.id());
    return new CheckCatalog.Listing(
        listing.checks().stream()
            .filter(check -> tag.equals(ALL) || check.details().tagList().contains(tag))
            .toList(),
        listing.unreadable());
  }

  private static Answer badge(
      Call call, String label, CheckCatalog.Listing listing, boolean showsLate) {
    var checks = listing.checks();
    var unreadable = listing.unreadable().size();
    var down = count(call, checks, Status.DOWN);
    var late = count(call, checks, Status.LATE);
    var word = word(down > 0, unreadable > 0, showsLate && late > 0);
    return switch (call.variable("format")) {
      case "svg" ->
          new Answer.Text(200, "image/svg+xml", BadgePicture.draw(label, word.text, word.colour));
      case "json" -> {
        var document =
            new Document()
                .with("status", word.text)
                .with("total", checks.size())
                .with("grace", late)
                .with("down", down);
        if (unreadable > 0) {
          document.with("unreadable", unreadable);
        }
        yield Answer.ok(document.fields());
      }
      case "shields" ->
          Answer.ok(
              new Document()
                  .with("schemaVersion", 1)
                  .with("label", label)
                  .with("message", word.text)
                  .with("color", word.meaning)
                  .fields());
      default -> new Problem.NoSuchName();
    };
  }

  /// A check that cannot be read may be down: no badge says that all is well then.
  private static Word word(boolean isDown, boolean isUnknown, boolean isLate) {
    if (isDown) {
      return Word.DOWN;
    }
    if (isUnknown) {
      return Word.UNKNOWN;
    }
    return isLate ? Word.LATE : Word.UP;
  }

  /// What a badge can say, with its colour, and the name that shields.io has for that.
  private enum Word {
    UP("up", "#4c1", "success"),
    LATE("late", "#fe7d37", "important"),
    DOWN("down", "#e05d44", "critical"),
    UNKNOWN("unknown", "#9f9f9f", "inactive");

    private final String text;
    private final String colour;
    private final String meaning;

    Word(String text, String colour, String meaning) {
      this.text = text;
      this.colour = colour;
      this.meaning = meaning;
    }
  }

  private static long count(Call call, List<CheckRecord> checks, Status status) {
    return checks.stream()
        .filter(record -> record.item().check().status(call.now()) == status)
        .count();
  }

  private Map<String, Object> addresses(Project project, String tag) {
    var signature = BadgeSignature.of(project, tag);
    var name = tag.equals(ALL) ? "" : "/" + encode(encode(tag));
    var base = "%s/badge/%s/%s".formatted(site.root(), project.badgeKey(), signature);
    var addresses = new LinkedHashMap<String, Object>();
    for (var format : FORMATS) {
      addresses.put(format, "%s-2%s.%s".formatted(base, name, format));
      addresses.put(format + "3", "%s%s.%s".formatted(base, name, format));
    }
    return addresses;
  }

  /// Percent-encoding of all but letters, digits and `-._~`.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
