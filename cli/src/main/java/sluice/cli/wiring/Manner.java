package sluice.cli.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sluice.client.AddOptions;
import sluice.client.TorrentHandle;
import sluice.engine.session.Terms;

/**
 * How all torrents of a run are added, and what changes of those that are kept.
 *
 * @param fullAllocation files get their whole room before they are written
 * @param down receive limit of each torrent; 0 for none
 * @param up send limit of each torrent; 0 for none
 * @param terms limits of peers, and the class of bandwidth
 */
public record Manner(boolean fullAllocation, long down, long up, Terms terms) {
  /** Nothing is said. */
  public static final Manner USUAL = new Manner(false, 0, 0, Terms.DEFAULT);

  /** {@code options} with it. */
  AddOptions onto(AddOptions options) {
    AddOptions limited = options.limits(down, up).terms(terms);
    return fullAllocation ? limited.allocated() : limited;
  }

  /** Tells a torrent that is kept what is said this time. */
  void tell(TorrentHandle torrent) {
    List<CompletionStage<Void>> told = new ArrayList<>();
    if (down > 0 || up > 0) {
      told.add(torrent.limits(down, up));
    }
    if (!terms.peerRate().equals(Terms.DEFAULT.peerRate())) {
      told.add(torrent.peerRates(terms.peerRate()));
    }
    if (terms.uploadSlots() > 0) {
      told.add(torrent.uploadSlots(terms.uploadSlots()));
    }
    if (!terms.bandwidthClass().equals(Terms.DEFAULT.bandwidthClass())) {
      told.add(torrent.bandwidthClass(terms.bandwidthClass()));
    }
    told.forEach(each -> each.toCompletableFuture().join());
  }
}
