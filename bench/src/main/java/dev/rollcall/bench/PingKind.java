package dev.rollcall.bench;

import static dev.rollcall.testing.CheckBuilder.aCheck;

import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.testing.CheckBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// One kind of ping: what the check is like before it, and what is sent.
///
/// @param check makes the check, given the moment
/// @param report what follows the check in the URL
/// @param bodySize in bytes
record PingKind(
    String name,
    Function<Instant, CheckBuilder> check,
    Target target,
    String report,
    int bodySize,
    String word) {

  /// How the URL names the check.
  enum Target {
    ID,
    SLUG,
    /// A slug that no check has yet, with leave to make one.
    NEW_SLUG
  }

  private static final Rules POST_ONLY = new Rules(true, false, false, false);
  private static final Rules FILTER = new Rules(false, true, false, false);
  private static final Keywords KEYWORDS = new Keywords("", "SUCCEEDED", "FAILED");

  static final List<PingKind> ALL =
      List.of(
          byId("success, healthy check", now -> aCheck().up(now), "", 0),
          byId("success, 599 byte body", now -> aCheck().up(now), "", 599),
          byId("success, 10,000 byte body", now -> aCheck().up(now), "", 10_000),
          byId("first success", now -> aCheck().createdAt(now), "", 0),
          byId("start", now -> aCheck().up(now), "/start", 0),
          byId("success ending a run", now -> aCheck().up(now).running(now), "", 0),
          byId("fail, up check", now -> aCheck().up(now), "/fail", 0),
          byId("fail, down check", now -> aCheck().failed(now), "/fail", 0),
          byId("success, down check", now -> aCheck().failed(now), "", 0),
          byId("log", now -> aCheck().up(now), "/log", 0),
          byId("ignored by method", now -> aCheck().up(now).rules(POST_ONLY), "", 0),
          new PingKind(
              "keyword filter",
              now -> aCheck().up(now).rules(FILTER).keywords(KEYWORDS),
              Target.ID,
              "",
              300,
              "SUCCEEDED"),
          new PingKind("by slug", now -> aCheck().up(now), Target.SLUG, "", 0, ""),
          new PingKind("by slug, ?create=1", now -> aCheck().up(now), Target.NEW_SLUG, "", 0, ""));

  private static PingKind byId(
      String name, Function<Instant, CheckBuilder> check, String report, int bodySize) {
    return new PingKind(name, check, Target.ID, report, bodySize, "");
  }
}
