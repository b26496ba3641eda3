package sluice.client;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Stamps;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;
import sluice.state.StateStore;
import sluice.state.record.Counters;
import sluice.state.record.Progress;
import sluice.state.record.Torrent;
import sluice.storage.file.Disk;

/** Writes down what another program knows of a torrent, as if this one had found it out. */
record KeptBrought(StateStore store, StoreKeeper keeper, Disk disk, Loop loop) {

  /** The record of {@code torrent} with the times that were brought. */
  static Torrent dated(Torrent torrent, Brought brought) {
    long added = brought.added().map(when -> when.toEpochMilli()).orElse(torrent.addedMillis());
    return new Torrent(
        torrent.hashes(),
        torrent.name(),
        torrent.content(),
        Math.max(0, added),
        torrent.wanted(),
        torrent.queueOrder(),
        torrent.savePath(),
        torrent.options());
  }

  /** Looks at the files of the torrent {@code number}, and makes its record of what they are. */
  CompletionStage<Long> record(long number, Info info, AddOptions options, Brought brought) {
    CompletableFuture<Presence> found = new CompletableFuture<>();
    loop.execute(() -> {
      Storage storage = disk.open(info, options.place().renamed(brought.renamed()), loop);
      storage.probe(new Look(storage, found));
    });
    return found.thenCompose(presence -> write(number, info, brought, presence));
  }

  private CompletionStage<Long> write(long number, Info info, Brought brought, Presence presence) {
    Totals totals =
        new Totals(
            brought.downloaded(),
            brought.uploaded(),
            0,
            brought.seeding().toNanos(),
            brought.active().toNanos(),
            0);
    Resume resume = resume(info, brought.have(), presence, totals);
    long completed = brought.completed().map(when -> when.toEpochMilli()).orElse(0L);
    Counters counters =
        new Counters(
            totals.uploaded(),
            totals.downloaded(),
            0,
            totals.seedingNanos(),
            totals.activeNanos(),
            0,
            Math.max(0, completed),
            0);
    if (resume.clean()) {
      keeper.brought(number);
    }
    return store
        .checkpoint(
            number,
            Records.resume(resume, KeptChanges.renamed(brought.renamed()), Optional.empty()),
            new Progress(bytes(info.layout(), resume.have()), resume.have().count()),
            counters)
        .thenApply(done -> number);
  }

  private static Resume resume(Info info, PieceSet claimed, Presence presence, Totals totals) {
    int pieces = info.layout().pieceCount();
    return claimed.size() == pieces
        ? new Resume(
            there(info, claimed, presence.stamps()),
            new BitSet(),
            Map.of(),
            true,
            presence.root().map(root -> new Resume.Seen(root, presence.stamps())),
            totals)
        : Resume.unknown(pieces, totals);
  }

  /** Those of {@code claimed} whose files are there as long as they are to be. */
  private static PieceSet there(Info info, PieceSet claimed, Stamps stamps) {
    PieceLayout layout = info.layout();
    PieceSet have = claimed.copy();
    for (int i = 0; i < info.files().size(); i++) {
      FileEntry file = info.files().get(i);
      boolean whole = i < stamps.count() && stamps.sizeBytes(i) == file.length();
      if (file.hasData() && !whole) {
        for (int piece = layout.firstPiece(file); piece <= layout.lastPiece(file); piece++) {
          have.clear(piece);
        }
      }
    }
    return have;
  }

  private static long bytes(PieceLayout layout, PieceSet have) {
    long bytes = 0;
    for (int piece = have.nextSet(0); piece >= 0; piece = have.nextSet(piece + 1)) {
      bytes += layout.pieceDataBytes(piece);
    }
    return bytes;
  }

  /** A look at files that are not opened. */
  private record Look(Storage storage, CompletableFuture<Presence> found)
      implements Storage.ProbeHandler, Storage.DoneHandler {
    @Override
    public void onPresence(Presence presence) {
      found.complete(presence);
      storage.close(this);
    }

    @Override
    public void onFault(Fault fault) {
      if (!found.isDone()) {
        found.completeExceptionally(new ClientException(fault.detail()));
        storage.close(this);
      }
    }

    @Override
    public void onDone() {
      // Nothing was open.
    }
  }
}
