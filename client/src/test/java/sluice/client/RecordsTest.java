package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.wire.PieceSet;
import sluice.state.record.Counters;

class RecordsTest {
  private static Resume resume(boolean clean) {
    Stamps stamps = new Stamps(new long[] {5, Stamps.ABSENT_BYTES}, new long[] {7, 0});
    return new Resume(
        PieceSet.full(3),
        new BitSet(),
        Map.of(),
        clean,
        Optional.of(new Resume.Seen(new RootIdentity("root"), stamps)),
        Totals.ZERO);
  }

  /** A run that faulted leaves one that was made while it ran; the program may end well after. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRecordThatWasMadeInTheMiddleOfARunIsNotTakenForOneOfItsEnd(boolean atEnd) {
    var kept = Records.resume(resume(atEnd), List.of(), Optional.empty());
    Resume again = Records.resume(kept, new BitSet(), true, Counters.ZERO);
    assertThat(again.clean()).isEqualTo(atEnd);
    assertThat(again.seen().orElseThrow().stamps().sizeBytes(0)).isEqualTo(5);
    assertThat(again.seen().orElseThrow().root()).isEqualTo(new RootIdentity("root"));
  }

  @Test
  void whatTheJournalHasIsNotClean() {
    BitSet journal = new BitSet();
    journal.set(1);
    var kept = Records.resume(resume(true), List.of(), Optional.empty());
    assertThat(Records.resume(kept, journal, true, Counters.ZERO).clean()).isFalse();
  }
}
