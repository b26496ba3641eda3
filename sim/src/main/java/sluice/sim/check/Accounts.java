package sluice.sim.check;

import java.util.OptionalLong;
import sluice.engine.session.TorrentSnapshot;
import sluice.sim.disk.SimVolume;

/** What the snapshots of one engine must say at any moment, as against what is on its disk. */
public final class Accounts {
  private final String owner;
  private final SimVolume volume;
  private long downloaded;
  private long uploaded;
  private OptionalLong startBytes = OptionalLong.empty();

  /** The accounts of {@code owner}, whose torrent is on {@code volume}. */
  public Accounts(String owner, SimVolume volume) {
    this.owner = owner;
    this.volume = volume;
  }

  /** An engine starts: its counters are zero, and it will find what is right on the disk. */
  public void started() {
    downloaded = 0;
    uploaded = 0;
    startBytes = OptionalLong.of(volume.goodBytes());
  }

  /** An engine starts that remembers its counters, and perhaps not all of what is on the disk. */
  public void resumed() {
    downloaded = 0;
    uploaded = 0;
    startBytes = OptionalLong.empty();
  }

  /** Checks {@code now}, which is later than what was checked before. */
  public void check(TorrentSnapshot now, Findings findings) {
    String who = owner + ": ";
    findings.require(now.downloaded() >= downloaded, who + "downloaded went down");
    findings.require(now.uploaded() >= uploaded, who + "uploaded went down");
    findings.require(
        now.wasted() >= 0 && now.wasted() <= now.downloaded(), who + "wasted " + now.wasted());
    findings.require(
        now.haveBytes() <= now.wantedBytes() || now.phase() != TorrentSnapshot.Phase.DOWNLOADING,
        who + "has " + now.haveBytes() + " of " + now.wantedBytes());
    findings.require(now.peers() >= now.seeds(), who + "more seeds than peers");
    downloaded = now.downloaded();
    uploaded = now.uploaded();
    checkDisk(now, who, findings);
    if (now.phase() == TorrentSnapshot.Phase.SEEDING && startBytes.isPresent()) {
      long start = startBytes.getAsLong();
      long useful = now.downloaded() - now.wasted();
      findings.require(
          useful == now.haveBytes() - start,
          who + useful + " useful bytes came, " + (now.haveBytes() - start) + " were missing");
    }
  }

  private void checkDisk(TorrentSnapshot now, String who, Findings findings) {
    int right = 0;
    for (int piece = 0; piece < now.pieces(); piece++) {
      right += volume.isGood(piece) ? 1 : 0;
    }
    findings.require(
        now.havePieces() <= right,
        who + "says it has " + now.havePieces() + " pieces and has " + right);
  }
}
