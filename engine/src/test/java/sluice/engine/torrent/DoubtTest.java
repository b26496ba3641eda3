package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/** Two files, 40,000 and 60,000 bytes, in pieces of 16 KiB: pieces 0 to 2 and 2 to 6. */
class DoubtTest {
  private static final int PIECE = 16_384;
  private static final Stamps SEEN = stamps(40_000, 60_000, 1);
  private static final RootIdentity ROOT = new RootIdentity("root");

  private final List<FileEntry> files = List.of(file("a", 40_000, 0), file("b", 60_000, 40_000));
  private final Doubt doubt = new Doubt(PieceLayout.of(PIECE, files), files);

  private static FileEntry file(String name, long length, long offset) {
    return new FileEntry(
        List.of(name), length, offset, Set.of(), Optional.empty(), Optional.empty());
  }

  private static Stamps stamps(long a, long b, long changedB) {
    return new Stamps(new long[] {a, b}, new long[] {1, changedB});
  }

  private BitSet pieces(boolean clean, BitSet doubtful, Stamps now) {
    Optional<Resume.Seen> seen = Optional.of(new Resume.Seen(ROOT, SEEN));
    Resume resume = new Resume(have(), doubtful, Map.of(), clean, seen, Totals.ZERO);
    return doubt.pieces(resume, new Presence(Optional.of(ROOT), now, Long.MAX_VALUE));
  }

  private static PieceSet have() {
    PieceSet have = new PieceSet(7);
    for (int i = 0; i < 6; i++) {
      have.set(i);
    }
    return have;
  }

  private static BitSet set(int... pieces) {
    BitSet set = new BitSet();
    for (int piece : pieces) {
      set.set(piece);
    }
    return set;
  }

  @Test
  void nothingAfterACleanEndWithoutChange() {
    assertThat(pieces(true, set(), SEEN)).isEqualTo(set());
  }

  @Test
  void everyPieceOfAFileThatChanged() {
    assertThat(pieces(true, set(), stamps(40_000, 60_000, 2))).isEqualTo(set(2, 3, 4, 5, 6));
  }

  /** Its user deleted it while it was open, so that a clean end saw none. */
  @Test
  void whatWasNotThereAtACleanEnd() {
    Stamps without = stamps(Stamps.ABSENT_BYTES, 60_000, 1);
    Optional<Resume.Seen> seen = Optional.of(new Resume.Seen(ROOT, without));
    Resume resume = new Resume(have(), set(), Map.of(), true, seen, Totals.ZERO);
    Presence same = new Presence(Optional.of(ROOT), without, Long.MAX_VALUE);
    assertThat(doubt.pieces(resume, same)).isEqualTo(set(0, 1, 2));
  }

  @Test
  void whatIsKeptBesideTheFilesIsOfThoseThatAreAbsent() {
    Stamps more = new Stamps(new long[] {40_000, 60_000, 500}, new long[] {1, 1, 1});
    assertThat(pieces(true, set(), more)).isEqualTo(set());
    Stamps without =
        new Stamps(new long[] {40_000, Stamps.ABSENT_BYTES, 500}, new long[] {1, 0, 1});
    PieceSet have = new PieceSet(7);
    have.set(2);
    Optional<Resume.Seen> seen = Optional.of(new Resume.Seen(ROOT, without));
    Resume resume = new Resume(have, set(), Map.of(), true, seen, Totals.ZERO);
    assertThat(doubt.pieces(resume, new Presence(Optional.of(ROOT), without, Long.MAX_VALUE)))
        .isEqualTo(set(2));
  }

  @Test
  void onlyTheJournalAfterAnUncleanEnd() {
    assertThat(pieces(false, set(6), stamps(40_000, 60_000, 2))).isEqualTo(set(6));
  }

  @Test
  void whatAShortFileCannotHoldAfterAnUncleanEnd() {
    assertThat(pieces(false, set(), stamps(40_000, 30_000, 2))).isEqualTo(set(4, 5));
    assertThat(pieces(false, set(), stamps(32_768, 60_000, 2))).isEqualTo(set(2));
    assertThat(pieces(false, set(), stamps(Stamps.ABSENT_BYTES, 60_000, 2)))
        .isEqualTo(set(0, 1, 2));
  }

  @Test
  void piecesThatDoNotExistAreNotChecked() {
    assertThat(pieces(false, set(6, 7, 900), SEEN)).isEqualTo(set(6));
  }
}
