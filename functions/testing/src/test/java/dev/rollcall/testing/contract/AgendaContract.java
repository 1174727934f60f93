package dev.rollcall.testing.contract;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.store.Agenda;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.Claim;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Route;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TestTables;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What [AgendaStore] promises.
abstract class AgendaContract extends StoreContract {
  private static final Instant LATER = NOON.plusSeconds(45);

  private final Route route =
      new Route(new CheckId(UUID.randomUUID()), new ChannelId(UUID.randomUUID()));

  AgendaContract(TestTables tables) {
    super(tables);
  }

  private AgendaStore agendas() {
    return stores.agendas();
  }

  private Agenda agenda() {
    return agendas().find(route).orElseThrow();
  }

  private Claim claim(long flip, String holder, boolean early, Instant now) {
    return agendas().claim(route, flip, holder, early, now, now.plusSeconds(45));
  }

  private Agenda claimed(long flip, String holder) {
    if (claim(flip, holder, true, NOON) instanceof Claim.Granted(var agenda)) {
      return agenda;
    }
    throw new AssertionError("not granted");
  }

  private void fail(String holder, Agenda agenda, Instant next) {
    agendas().fail(route, holder, agenda.failed(), Set.of(), next);
  }

  @Nested
  class Flips_that_are_entered {
    @Test
    void wait_once_however_often_that_is_said() {
      assertThat(agendas().enter(route, List.of(2L, 3L), NOON)).containsExactly(2L, 3L);
      assertThat(agendas().enter(route, List.of(2L, 3L, 5L), NOON)).containsExactly(2L, 3L, 5L);
      assertThat(agenda().waiting()).containsExactly(2L, 3L, 5L);
      assertThat(agenda().settled()).isZero();
    }

    @Test
    void are_not_entered_when_they_are_settled() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      claimed(2, "m");
      agendas().settle(route, "m", List.of(2L, 3L), 2, null);
      assertThat(agendas().enter(route, List.of(2L, 3L), NOON)).isEmpty();
      assertThat(agendas().enter(route, List.of(3L, 4L), NOON)).containsExactly(4L);
      assertThat(agenda().waiting()).containsExactly(4L);
    }

    @Test
    void are_forgotten_long_after_the_last_was_entered() {
      agendas().enter(route, List.of(2L), NOON);
      var entry =
          log().stream()
              .filter(item -> Items.value(item, "sk").s().equals("A#" + route.channel()))
              .findFirst()
              .orElseThrow();
      assertThat(Items.value(entry, "expires").n())
          .isEqualTo(Long.toString(NOON.plus(LogStore.HISTORY).getEpochSecond()));
    }

    @Test
    void cost_one_write_unit() {
      var usage = usage(() -> agendas().enter(route, List.of(2L), NOON));
      assertThat(usage.calls()).isOne();
      assertThat(usage.writeUnits()).isEqualTo(1);
    }
  }

  @Nested
  class A_claim {
    @Test
    void shows_what_waits_and_keeps_others_away_until_it_ends() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      assertThat(claimed(3, "one").waiting()).containsExactly(2L, 3L);
      assertThat(claim(2, "two", true, NOON)).isEqualTo(new Claim.Busy());
      assertThat(claim(2, "two", true, LATER.minusMillis(1))).isEqualTo(new Claim.Busy());
      assertThat(claim(2, "two", true, LATER)).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void is_granted_again_to_whoever_holds_it() {
      agendas().enter(route, List.of(2L), NOON);
      claimed(2, "one");
      assertThat(claim(2, "one", false, NOON)).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void can_be_given_back() {
      agendas().enter(route, List.of(2L), NOON);
      claimed(2, "one");
      agendas().release(route, "two");
      assertThat(claim(2, "two", true, NOON)).isEqualTo(new Claim.Busy());
      agendas().release(route, "one");
      assertThat(claim(2, "two", true, NOON)).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void is_not_granted_for_what_is_not_on_the_agenda_or_done_with() {
      assertThat(claim(2, "one", true, NOON)).isEqualTo(new Claim.Unrecorded());
      assertThat(agendas().find(route)).isEmpty();
      agendas().enter(route, List.of(2L), NOON);
      assertThat(claim(1, "one", true, NOON)).isEqualTo(new Claim.Unrecorded());
      assertThat(claim(3, "one", true, NOON)).isEqualTo(new Claim.Unrecorded());
      claimed(2, "one");
      agendas().settle(route, "one", List.of(2L), 1, null);
      assertThat(claim(1, "one", true, NOON)).isEqualTo(new Claim.Settled());
      assertThat(claim(2, "one", true, NOON)).isEqualTo(new Claim.Settled());
    }
  }

  @Nested
  class What_is_settled {
    @Test
    void leaves_the_agenda_and_the_rest_stays_claimed_if_it_is_to_go_on() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      claimed(2, "one");
      assertThat(agendas().settle(route, "one", List.of(2L), 1, LATER))
          .hasValueSatisfying(left -> {
            assertThat(left.waiting()).containsExactly(3L);
            assertThat(left.settled()).isEqualTo(2);
            assertThat(left.singly()).isEqualTo(1);
          });
      assertThat(claim(3, "two", true, NOON)).isEqualTo(new Claim.Busy());
      assertThat(agendas().settle(route, "one", List.of(3L), 2, null))
          .hasValueSatisfying(left -> {
            assertThat(left.waiting()).isEmpty();
            assertThat(left.settled()).isEqualTo(3);
            assertThat(left.singly()).isZero();
          });
    }

    @Test
    void shows_what_was_entered_meanwhile() {
      agendas().enter(route, List.of(2L), NOON);
      claimed(2, "one");
      agendas().enter(route, List.of(3L), NOON);
      assertThat(agendas().settle(route, "one", List.of(2L), 1, LATER).orElseThrow().waiting())
          .containsExactly(3L);
    }

    @Test
    void changes_nothing_once_the_claim_is_anothers() {
      agendas().enter(route, List.of(2L), NOON);
      claimed(2, "one");
      claim(2, "two", true, LATER);
      assertThat(agendas().settle(route, "one", List.of(2L), 1, null)).isEmpty();
      fail("one", agenda(), LATER);
      assertThat(agenda().waiting()).containsExactly(2L);
      assertThat(agenda().failures()).isZero();
    }

    @Test
    void makes_the_channel_as_good_as_new() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      fail("one", claimed(2, "one"), NOON);
      claimed(2, "one");
      var left = agendas().settle(route, "one", List.of(2L), 1, null).orElseThrow();
      assertThat(left.failures()).isZero();
      assertThat(left.sat(3)).isZero();
      assertThat(left.next()).isNull();
    }
  }

  @Nested
  class A_try_that_failed {
    @Test
    void counts_for_all_that_waited_through_it_and_for_no_other() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      var agenda = claimed(2, "one");
      agendas().enter(route, List.of(4L), NOON);
      fail("one", agenda, LATER);
      assertThat(agenda().failures()).isEqualTo(1);
      assertThat(agenda().next()).isEqualTo(LATER);
      assertThat(List.of(agenda().sat(2), agenda().sat(3), agenda().sat(4)))
          .containsExactly(1, 1, 0);
    }

    @ParameterizedTest(name = "flip {0}, early: {1}, {2} s later: {3}")
    @CsvSource({
      "2, false, 0, Granted",
      "2, true, 0, Granted",
      "3, false, 0, Later",
      "3, true, 0, Granted",
      "3, false, 44, Later",
      "3, false, 45, Granted",
    })
    void keeps_others_waiting_until_the_next_but_for_its_own_flip_and_for_news(
        long flip, boolean early, long seconds, String answer) {
      agendas().enter(route, List.of(2L, 3L), NOON);
      fail("one", claimed(2, "one"), LATER);
      var claim = claim(flip, "two", early, NOON.plusSeconds(seconds));
      assertThat(claim.getClass().getSimpleName()).isEqualTo(answer);
      if (claim instanceof Claim.Later(var next)) {
        assertThat(next).isEqualTo(LATER);
      }
    }

    @Test
    void takes_what_is_given_up_off_the_agenda() {
      agendas().enter(route, List.of(2L, 3L), NOON);
      var failed = claimed(2, "one").failed().without(Set.of(2L));
      agendas().fail(route, "one", failed, Set.of(2L), LATER);
      assertThat(agenda().waiting()).containsExactly(3L);
      assertThat(agenda().settled()).isEqualTo(2);
      assertThat(agenda().failures()).isEqualTo(1);
      assertThat(claim(3, "two", false, NOON)).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void is_forgotten_when_nothing_is_left() {
      agendas().enter(route, List.of(2L), NOON);
      var failed = claimed(2, "one").failed().without(Set.of(2L));
      agendas().fail(route, "one", failed, Set.of(2L), LATER);
      assertThat(agenda().waiting()).isEmpty();
      assertThat(agenda().failures()).isZero();
      assertThat(agenda().next()).isNull();
    }
  }

  @Nested
  class Hundreds_of_flips {
    @Test
    void are_entered_failed_and_settled() {
      var flips = LongStream.rangeClosed(1, 500).boxed().toList();
      agendas().enter(route, flips, NOON);
      fail("one", claimed(1, "one"), NOON);
      assertThat(agenda().sat(500)).isEqualTo(1);
      claimed(1, "one");
      assertThat(agendas().settle(route, "one", flips, 1, null).orElseThrow().waiting()).isEmpty();
    }
  }
}
