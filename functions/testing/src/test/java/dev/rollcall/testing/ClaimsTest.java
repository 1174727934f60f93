package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.Claims;
import dev.rollcall.store.Claims.Claim;
import dev.rollcall.store.Claims.Holder;
import java.time.Instant;
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

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void hold_against_whoever_comes_later() {
    assertThat(claims.stake(first)).isEqualTo(new Holder(first.check(), false));
    assertThat(claims.stake(second)).isEqualTo(new Holder(first.check(), false));
    assertThat(claims.stake(first)).isEqualTo(new Holder(first.check(), false));
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

    assertThat(claims.stake(second)).isEqualTo(new Holder(first.check(), true));
  }

  @Test
  void give_way_when_they_are_withdrawn() {
    claims.stake(first);
    claims.release(second, first.check());

    assertThat(claims.stake(second)).isEqualTo(new Holder(second.check(), false));
  }

  @Test
  void are_not_withdrawn_or_settled_for_somebody_else() {
    claims.stake(first);
    claims.release(second, second.check());
    claims.settle(second);

    assertThat(claims.stake(second)).isEqualTo(new Holder(first.check(), false));
  }

  @Test
  void give_way_when_their_time_is_over() {
    claims.stake(first);

    assertThat(claims.stake(claim("name=Backup", NOON.plus(Claims.HOLD))).check())
        .isEqualTo(first.check());
    var later = claim("name=Backup", NOON.plus(Claims.HOLD).plusMillis(1));
    assertThat(claims.stake(later).check()).isEqualTo(later.check());
  }

  private Claim claim(String identity, Instant at) {
    return new Claim(project, identity, new CheckId(UUID.randomUUID()), at);
  }
}
