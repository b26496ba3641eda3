package sluice.daemon.shelf;

import java.util.EnumMap;
import java.util.Map;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;

/** Keeps the sums over all torrents while they change, one at a time. One thread at a time. */
final class Tally {
  private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
  private int torrents;
  private int active;
  private int faulted;
  private long peers;
  private long knownPeers;
  private long downloaded;
  private long uploaded;
  private long wasted;
  private long downRate;
  private long upRate;

  /** One came, or is as {@code now} from here on. */
  void add(TorrentSnapshot now) {
    count(now, 1);
  }

  /** One that was as {@code before} is gone, or is not so any longer. */
  void remove(TorrentSnapshot before) {
    count(before, -1);
  }

  private void count(TorrentSnapshot each, int sign) {
    phases.merge(each.phase(), sign, Integer::sum);
    torrents += sign;
    active += each.downRate() + each.upRate() > 0 ? sign : 0;
    faulted += each.fault().isPresent() ? sign : 0;
    peers += (long) sign * each.peers();
    knownPeers += (long) sign * each.knownPeers();
    downloaded += sign * each.downloaded();
    uploaded += sign * each.uploaded();
    wasted += sign * each.wasted();
    downRate += sign * each.downRate();
    upRate += sign * each.upRate();
  }

  Sums sums() {
    return new Sums(
        torrents,
        phases,
        active,
        faulted,
        peers,
        knownPeers,
        downloaded,
        uploaded,
        wasted,
        downRate,
        upRate);
  }
}
