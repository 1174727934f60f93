package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Counted;
import dev.rollcall.store.Saved;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TablesInMemoryTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void count_what_a_success_ping_costs() {
    try (var memory = new TablesInMemory()) {
      var store = new CheckStore(memory.client(), memory.tables());
      var catalog = new CheckCatalog(memory.client(), memory.tables());
      var id = new CheckId(UUID.randomUUID());
      var check =
          Check.create(
              id,
              new ProjectId(UUID.randomUUID()),
              new Every(Duration.ofHours(1)),
              Duration.ofMinutes(5),
              Rules.NONE);
      var details =
          new Details(
              id,
              "Backup",
              "backup",
              "",
              "",
              ZoneOffset.UTC,
              Keywords.NONE,
              false,
              false,
              new TreeSet<>(),
              UUID.randomUUID(),
              NOON);
      assertThat(catalog.create(check, details, 10, false))
          .isInstanceOf(CheckCatalog.Made.Done.class);
      var item = store.find(id).orElseThrow();
      assertThat(store.save(item, "r1", NOON, found -> found.hear(new Signal.Success(null), NOON)))
          .isInstanceOf(Saved.Done.class);
      memory.meter().reset();
      assertThat(store.countSuccess(id, NOON.plusSeconds(30), "r2"))
          .isEqualTo(new Counted.Healthy(2, Duration.ofDays(30)));
      assertThat(memory.meter().usage()).isEqualTo(new Meter.Usage(1, 1.0, 0));
      assertThat(catalog.list(check.project())).hasSize(1);
      assertThat(catalog.delete(id)).isTrue();
      assertThat(catalog.find(id)).isEmpty();
    }
  }
}
