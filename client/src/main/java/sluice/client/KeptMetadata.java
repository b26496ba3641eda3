package sluice.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.engine.pick.FileSelection;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.MetainfoWriter;
import sluice.protocol.metainfo.PieceLayer;
import sluice.state.StateStore;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.Source;

/** Keeps what peers told of torrents, so that it is not asked for again. Any thread. */
record KeptMetadata(StateStore store) {
  private static final System.Logger LOG = System.getLogger("sluice.client");

  /** How large a torrent is. */
  static Content content(Info info) {
    return new Content(info.layout().dataLength(), info.layout().pieceCount());
  }

  /** What is kept of the torrent {@code number}; reads the store. */
  Optional<Metainfo> of(long number) {
    try {
      return store.reads().source(number).orElse(null) instanceof Source.Metainfo file
          ? Optional.of(MetainfoParser.parse(file.bytes()))
          : Optional.empty();
    } catch (MetainfoException e) {
      throw new ClientException("the torrent file in the state folder: " + e.getMessage(), e);
    } catch (StateException e) {
      throw new ClientException("the torrent file cannot be read: " + e.getMessage(), e);
    }
  }

  /** The magnet {@code number}, of which these files are wanted, has become {@code metainfo}. */
  CompletionStage<@Nullable Void> fetched(long number, Metainfo metainfo, FileSelection files) {
    Info info = metainfo.info();
    try {
      return logged(
          store.setMetadata(
              number,
              info.hashes(),
              info.name(),
              content(info),
              new Source.Metainfo(MetainfoWriter.write(metainfo)),
              KeptOptions.priorities(files)));
    } catch (StateException e) {
      return logged(CompletableFuture.failedFuture(e));
    }
  }

  /** The torrent {@code number} has all its piece layers; done elsewhere. */
  CompletionStage<@Nullable Void> layers(long number, Map<Hash, PieceLayer> layers) {
    CompletableFuture<@Nullable Void> kept = new CompletableFuture<>();
    Thread.ofVirtual().name("keep-layers").start(() -> keep(number, layers, kept));
    return logged(kept);
  }

  private void keep(
      long number, Map<Hash, PieceLayer> layers, CompletableFuture<@Nullable Void> kept) {
    try {
      Optional<Source> source = store.reads().source(number);
      if (!(source.orElse(null) instanceof Source.Metainfo file)) {
        kept.complete(null);
        return;
      }
      Metainfo with = MetainfoParser.parse(file.bytes()).with(layers);
      store
          .replaceSource(number, new Source.Metainfo(MetainfoWriter.write(with)))
          .whenComplete((done, failure) -> {
            if (failure == null) {
              kept.complete(null);
            } else {
              kept.completeExceptionally(failure);
            }
          });
    } catch (MetainfoException | StateException e) {
      kept.completeExceptionally(e);
    }
  }

  /** The torrent {@code number} has other trackers; done elsewhere. */
  CompletionStage<@Nullable Void> trackers(long number, List<List<String>> tiers) {
    CompletableFuture<@Nullable Void> kept = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("keep-trackers")
        .start(() -> change(number, metainfo -> metainfo.trackers(tiers), kept));
    return kept;
  }

  private void change(
      long number, UnaryOperator<Metainfo> change, CompletableFuture<@Nullable Void> kept) {
    try {
      Metainfo before =
          of(number)
              .orElseThrow(
                  () -> new ClientException("the trackers of a magnet are those of its link"));
      byte[] file = MetainfoWriter.write(change.apply(before));
      store
          .replaceSource(number, new Source.Metainfo(file))
          .whenComplete((done, failure) -> {
            if (failure == null) {
              kept.complete(null);
            } else {
              kept.completeExceptionally(failure);
            }
          });
    } catch (ClientException | StateException e) {
      kept.completeExceptionally(e);
    }
  }

  private static CompletionStage<@Nullable Void> logged(CompletionStage<@Nullable Void> write) {
    return write.whenComplete((done, failure) -> {
      if (failure != null) {
        LOG.log(
            System.Logger.Level.WARNING,
            "metadata cannot be recorded and will be fetched again: " + failure.getMessage());
      }
    });
  }
}
