package dev.rollcall.local.migrate;

import dev.rollcall.core.json.Json;
import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.engine.Plan;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.migrate.engine.ReportDocument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is printed for programs: one JSON object on one line. Names are those of the API.
final class Machine {
  private Machine() {}

  static String status(Report report, Release release) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put(
        "release",
        Map.of(
            "name", release.name(),
            "level", release.level(),
            "reads_from", release.readsFrom(),
            "fit", Words.fit(report, release).name().toLowerCase(Locale.ROOT)));
    tree.putAll(ReportDocument.whole(report));
    return line(tree);
  }

  static String plan(Plan plan) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("level", plan.level().orElse(null));
    tree.put("target", plan.target());
    tree.put("refused", plan.refusal().orElse(null));
    tree.put("steps", plan.steps().stream().map(Machine::step).toList());
    return line(tree);
  }

  private static Map<String, Object> step(Plan.Step step) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", step.id());
    tree.put("title", step.title());
    tree.put("up", step.up());
    tree.put("items", step.items());
    tree.put("changes", step.changes());
    tree.put("failing", step.failing());
    tree.put("loss", step.loss());
    tree.put(
        "samples",
        step.samples().stream()
            .map(sample ->
                Map.of(
                    "item",
                    sample.item(),
                    "differences",
                    sample.differences().stream().map(Machine::difference).toList()))
            .toList());
    return tree;
  }

  private static Map<String, Object> difference(Plan.Difference difference) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("attribute", difference.attribute());
    tree.put("before", Shown.value(difference.attribute(), difference.before()));
    tree.put("after", Shown.value(difference.attribute(), difference.after()));
    return tree;
  }

  static String end(Progress progress, boolean isChanged) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    switch (progress) {
      case Progress.Done(var schema) -> {
        tree.put("result", isChanged ? "done" : "nothing_to_do");
        tree.putAll(ReportDocument.schema(schema));
      }
      case Progress.Going(var percent, _, var doing) -> {
        tree.put("result", "going");
        tree.put("percent", percent);
        tree.put("doing", doing);
      }
      case Progress.Refused(var reason) -> {
        tree.put("result", "refused");
        tree.put("reason", reason);
      }
      case Progress.Blocked(var reason, var items) -> {
        tree.put("result", "blocked");
        tree.put("reason", reason);
        tree.put("items", items);
      }
    }
    return line(tree);
  }

  private static String line(Map<String, @Nullable Object> tree) {
    return Json.write(tree) + "\n";
  }
}
