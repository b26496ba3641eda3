package sluice.engine.pick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.peer.Sender;

/** What a source that reads on is asked for. */
class StretchesTest {
  private static final Sender WEB = new Sender.Web("http://example.test/");

  private final Picker picker = new Picker(Content.of(10, 2).layout(), new FakeEntropy(1));
  private final Stretches stretches = new Stretches(picker);

  private Optional<Stretch> next(int maxPieces) {
    return stretches.next(WEB, i -> true, maxPieces, false);
  }

  private static String shown(Stretch stretch) {
    return stretch.pieces().getFirst().piece()
        + "."
        + stretch.firstBlock()
        + "-"
        + stretch.pieces().getLast().piece()
        + "."
        + stretch.endBlock();
  }

  @Test
  void theLongestGapIsReadFromItsFront() {
    picker.got(2);
    assertThat(next(3).map(StretchesTest::shown)).contains("3.0-5.2");
    assertThat(picker.state(5)).isEqualTo(PieceState.OPEN);
    assertThat(picker.state(6)).isEqualTo(PieceState.ABSENT);
    assertThat(next(100).map(StretchesTest::shown)).contains("6.0-9.2");
    assertThat(next(100).map(StretchesTest::shown)).contains("0.0-1.2");
  }

  @Test
  void aGapEndsWhereTheSourceHasNoPiece() {
    assertThat(stretches.next(WEB, i -> i < 3 || i > 8, 9, false).map(StretchesTest::shown))
        .contains("0.0-2.2");
  }

  @Test
  void blocksThatNobodyFetchesAnyMoreAreTaken() {
    Stretch all = next(10).orElseThrow();
    OpenPiece piece = all.pieces().get(4);
    piece.ask(0, null);
    picker.unask(4, 1);
    assertThat(next(10).map(StretchesTest::shown)).contains("4.1-4.2");
  }

  @Test
  void inTheEndgameBlocksAreAskedTwiceAtMost() {
    next(10);
    assertThat(stretches.next(WEB, i -> i == 7, 10, true)).isEmpty();
    assertThat(stretches.next(WEB, i -> i == 7, 10, false).map(StretchesTest::shown))
        .contains("7.0-7.2");
    assertThat(stretches.next(WEB, i -> i == 7, 10, false)).isEmpty();
  }

  @Test
  void aPieceInVainIsAbsentAgain() {
    Stretch all = next(2).orElseThrow();
    OpenPiece first = all.pieces().getFirst();
    picker.unask(first, 0);
    assertThat(picker.isOpen(first)).isTrue();
    picker.unask(first, 1);
    assertThat(picker.isOpen(first)).isFalse();
    assertThat(picker.state(0)).isEqualTo(PieceState.ABSENT);
    picker.unask(first, 1);
  }
}
