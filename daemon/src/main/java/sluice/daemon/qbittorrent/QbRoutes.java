package sluice.daemon.qbittorrent;

import java.util.List;
import sluice.daemon.web.Route;

/** All routes of the API. */
public final class QbRoutes {
  private final Calls calls = new Calls();

  /** The API over {@code context}. */
  public QbRoutes(QbContext context) {
    TorrentObject object = new TorrentObject(context.desk().intents(), context.trackers());
    new AppCalls(context).addTo(calls);
    new TorrentReads(context, object).addTo(calls);
    new TorrentActions(context).addTo(calls);
    new TrackerActions(context).addTo(calls);
    new FileActions(context).addTo(calls);
    new LabelCalls(context).addTo(calls);
    new SyncCalls(context, object).addTo(calls);
    new TransferCalls(context).addTo(calls);
    new RssCalls(context).addTo(calls);
    new PeerCalls(context).addTo(calls);
    new CreationCalls(context).addTo(calls);
  }

  /** The routes. */
  public List<Route> routes() {
    return List.copyOf(calls.routes());
  }
}
