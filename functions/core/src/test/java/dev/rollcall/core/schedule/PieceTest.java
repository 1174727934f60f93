package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PieceTest {

  /// Stands in the middle of a longer expression.
  private static final Piece LIST = new Piece("x,,a,bb,,y", 2, 9);

  @Test
  void knows_its_text_and_place() {
    assertThat(LIST.text()).isEqualTo(",a,bb,,");
    assertThat(LIST.isEmpty()).isFalse();
    assertThat(new Piece("abc", 1, 1).isEmpty()).isTrue();
  }

  @Test
  void splits_at_every_mark() {
    assertThat(LIST.split(","))
        .containsExactly(part(2, 2), part(3, 4), part(5, 7), part(8, 8), part(9, 9));
    assertThat(LIST.split("-")).containsExactly(LIST);
  }

  @Test
  void is_cut_at_the_first_or_last_mark() {
    assertThat(LIST.before(",")).isEqualTo(part(2, 2));
    assertThat(LIST.behind(",")).isEqualTo(part(3, 9));
    assertThat(LIST.beforeLast(",")).isEqualTo(part(2, 8));
    assertThat(LIST.behindLast(",")).isEqualTo(part(9, 9));
    var led = part(2, 4);
    assertThat(led.beforeLast(",")).isEqualTo(part(2, 2));
    assertThat(led.behindLast(",")).isEqualTo(part(3, 4));
  }

  @Test
  void without_the_mark_is_not_cut() {
    assertThat(LIST.before("-")).isEqualTo(LIST);
    assertThat(LIST.behind("-")).isEqualTo(part(9, 9));
    assertThat(LIST.beforeLast("-")).isEqualTo(LIST);
    assertThat(LIST.behindLast("-")).isEqualTo(LIST);
  }

  @Test
  void loses_marks_at_its_own_end_only() {
    assertThat(LIST.withoutTrailing(',')).isEqualTo(part(2, 7));
    assertThat(part(2, 3).withoutTrailing(',')).isEqualTo(part(2, 2));
    assertThat(LIST.withoutTrailing('y')).isEqualTo(LIST);
  }

  @Test
  void has_words_between_white_space() {
    var piece = new Piece("a  bc\td\u00a0 e", 1, 10);
    assertThat(piece.words().stream().map(Piece::text)).containsExactly("bc", "d", "e");
    assertThat(piece.trim().text()).isEqualTo("bc\td\u00a0 e");
    assertThat(new Piece("a  b", 1, 3).trim()).isEqualTo(new Piece("a  b", 1, 1));
  }

  private static Piece part(int start, int end) {
    return new Piece(LIST.whole(), start, end);
  }
}
