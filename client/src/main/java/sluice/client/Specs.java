package sluice.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sluice.engine.session.Outcome;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.metainfo.InfoHashes;

/** What the engine is told about torrents that are added. */
final class Specs {
  private Specs() {}

  static TorrentSpec of(InfoHashes hashes, TorrentSource source, AddOptions options) {
    return new TorrentSpec(
            hashes,
            source,
            options.running(),
            options.download(),
            options.trackers(),
            options.peers(),
            options.downBytesPerSecond(),
            options.upBytesPerSecond())
        .webSeeds(options.webSeeds())
        .picking(options.picking())
        .terms(options.terms());
  }

  /** The torrent, if it was added. */
  static CompletionStage<InfoHashes> added(Outcome outcome, InfoHashes hashes) {
    return switch (outcome) {
      case Outcome.Done d -> CompletableFuture.completedFuture(hashes);
      case Outcome.Refused(String reason) -> refused(hashes, reason);
      case Outcome.Unknown u -> refused(hashes, "unknown");
      case Outcome.Failed(var fault) -> refused(hashes, fault.detail());
    };
  }

  /** Done, or failed with the reason. */
  static CompletionStage<Void> settled(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done d -> CompletableFuture.completedFuture(null);
      case Outcome.Unknown u ->
          CompletableFuture.failedFuture(new ClientException("there is no such torrent"));
      case Outcome.Refused(String reason) ->
          CompletableFuture.failedFuture(new ClientException(reason));
      case Outcome.Failed(var fault) ->
          CompletableFuture.failedFuture(new ClientException(fault.detail()));
    };
  }

  static CompletionStage<InfoHashes> refused(InfoHashes hashes, String reason) {
    return CompletableFuture.failedFuture(
        new ClientException("torrent " + hashes.best() + " cannot be added: " + reason));
  }
}
