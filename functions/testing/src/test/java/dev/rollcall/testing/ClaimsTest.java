package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.Claims;
import dev.rollcall.store.Claims.Claim;
import dev.rollcall.store.Claims.Holder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final TablesInMemory memory = new TablesInMemory();
  private final Claims claims = new Claims(memory.client(), memory.tables());
  private final ProjectId project = new ProjectId(UUID.randomUUID());
  private final Claim first = claim("name=Backup", NOON);
  private final Claim second = claim("name=Backup", NOON.plusMillis(5));
  private final Claim third = claim("name=Backup", NOON.plusMillis(9));

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void hold_against_whoever_comes_later() {
    assertThat(claims.stake(first)).isEqualTo(holder(first, false));
    assertThat(claims.stake(second)).isEqualTo(holder(first, false));
    assertThat(claims.stake(first)).isEqualTo(holder(first, false));
  }

  @Test
  void leave_other_checks_and_other_projects_alone() {
    claims.stake(first);
    var otherCheck = claim("name=Dump", NOON);
    var otherProject =
        new Claim(new ProjectId(UUID.randomUUID()), "name=Backup", second.check(), NOON);

    assertThat(claims.stake(otherCheck).check()).isEqualTo(otherCheck.check());
    assertThat(claims.stake(otherProject).check()).isEqualTo(otherProject.check());
  }

  @Test
  void say_when_there_is_nothing_to_wait_for() {
    claims.stake(first);
    claims.settle(first);

    assertThat(claims.stake(second)).isEqualTo(holder(first, true));
  }

  @Test
  void are_taken_over_from_whoever_is_done_and_name_who_held_them() {
    claims.stake(first);
    claims.settle(first);

    assertThat(claims.take(second, claims.stake(second))).isTrue();
    assertThat(claims.stake(third))
        .isEqualTo(new Holder(second.check(), false, List.of(first.check())));
    assertThat(claims.take(third, claims.stake(third))).isTrue();
    assertThat(claims.stake(first).all())
        .containsExactly(first.check(), second.check(), third.check());
  }

  @Test
  void are_taken_over_by_one() {
    claims.stake(first);
    var seen = claims.stake(second);

    assertThat(claims.take(second, seen)).isTrue();
    assertThat(claims.take(third, seen)).isFalse();
    assertThat(claims.take(second, seen)).isTrue();
    assertThat(claims.stake(third))
        .isEqualTo(new Holder(second.check(), false, List.of(first.check())));
  }

  @Test
  void name_the_last_fifty_that_held_them() {
    claims.stake(first);
    for (int i = 0; i < 60; i++) {
      var next = claim("name=Backup", NOON);
      assertThat(claims.take(next, claims.stake(next))).isTrue();
    }

    assertThat(claims.stake(second).earlier()).hasSize(50).doesNotContain(first.check());
  }

  @Test
  void are_not_settled_for_somebody_else() {
    claims.stake(first);
    claims.settle(second);

    assertThat(claims.stake(second)).isEqualTo(holder(first, false));
  }

  @Test
  void give_way_when_their_time_is_over() {
    claims.stake(first);

    assertThat(claims.stake(claim("name=Backup", NOON.plus(Claims.HOLD))).check())
        .isEqualTo(first.check());
    var later = claim("name=Backup", NOON.plus(Claims.HOLD).plusMillis(1));
    assertThat(claims.stake(later).check()).isEqualTo(later.check());
  }

  private static Holder holder(Claim claim, boolean isSettled) {
    return new Holder(claim.check(), isSettled, List.of());
  }

  private Claim claim(String identity, Instant at) {
    return new Claim(project, identity, new CheckId(UUID.randomUUID()), at);
  }
}
