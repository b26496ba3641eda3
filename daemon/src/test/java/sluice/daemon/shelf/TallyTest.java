package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Fault;
import sluice.engine.session.QueuePlace;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/** Sums that are kept are those that are made anew, whatever comes, changes and goes. */
class TallyTest {
  private static final long SEED = 11;

  private static TorrentSnapshot snapshot(SplittableRandom random) {
    byte[] name = new byte[20];
    random.nextBytes(name);
    Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
    return new TorrentSnapshot(
        new InfoHashes(Optional.of(Hash.sha1(name)), Optional.empty()),
        phase,
        0,
        0,
        0,
        0,
        random.nextLong(1L << 40),
        random.nextLong(1L << 40),
        random.nextLong(1L << 40),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(100),
        0,
        random.nextInt(100),
        0,
        phase == Phase.FAULTED ? Optional.of(new Fault(Fault.Kind.IO, "broken")) : Optional.empty(),
        new QueuePlace(0, false));
  }

  @Test
  void sumsFollowEachChange() {
    SplittableRandom random = new SplittableRandom(SEED);
    Tally tally = new Tally();
    List<TorrentSnapshot> there = new ArrayList<>();
    for (int step = 0; step < 2_000; step++) {
      if (!there.isEmpty() && random.nextInt(3) == 0) {
        tally.remove(there.remove(random.nextInt(there.size())));
      } else {
        there.add(snapshot(random));
        tally.add(there.getLast());
      }
      if (step % 97 == 0) {
        compare(tally.sums(), there);
      }
    }
    compare(tally.sums(), there);
  }

  private static void compare(Sums sums, List<TorrentSnapshot> there) {
    assertThat(sums.torrents()).as("seed " + SEED).isEqualTo(there.size());
    for (Phase phase : Phase.values()) {
      assertThat(sums.in(phase))
          .isEqualTo((int) there.stream().filter(each -> each.phase() == phase).count());
    }
    assertThat(sums.active())
        .isEqualTo((int) there.stream().filter(e -> e.downRate() + e.upRate() > 0).count());
    assertThat(sums.faulted())
        .isEqualTo((int) there.stream().filter(each -> each.fault().isPresent()).count());
    assertThat(sums.peers()).isEqualTo(there.stream().mapToLong(TorrentSnapshot::peers).sum());
    assertThat(sums.knownPeers())
        .isEqualTo(there.stream().mapToLong(TorrentSnapshot::knownPeers).sum());
    assertThat(sums.downloaded())
        .isEqualTo(there.stream().mapToLong(TorrentSnapshot::downloaded).sum());
    assertThat(sums.uploaded())
        .isEqualTo(there.stream().mapToLong(TorrentSnapshot::uploaded).sum());
    assertThat(sums.wasted()).isEqualTo(there.stream().mapToLong(TorrentSnapshot::wasted).sum());
    assertThat(sums.downRate())
        .isEqualTo(there.stream().mapToLong(TorrentSnapshot::downRate).sum());
    assertThat(sums.upRate()).isEqualTo(there.stream().mapToLong(TorrentSnapshot::upRate).sum());
  }
}
