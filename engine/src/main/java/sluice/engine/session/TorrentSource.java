package sluice.engine.session;

import java.util.Optional;
import java.util.function.Supplier;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Where a torrent comes from each time that it begins to run, so that one that does not run costs
 * next to nothing. Called on the loop; what takes time is done elsewhere and answered on the loop.
 */
public interface TorrentSource {
  /** Brings the torrent; exactly one method of {@code handler} is called, at once or later. */
  void open(Handler handler);

  /** What its metadata are to be fetched by, if they are not known. */
  default Optional<MagnetSource> fetched() {
    return Optional.empty();
  }

  /** A torrent that is in memory; {@code storage} opens its data anew, without blocking. */
  static TorrentSource of(Metainfo metainfo, Supplier<Storage> storage) {
    return handler -> handler.onOpened(metainfo, storage.get());
  }

  /**
   * Whether it is complete as far as is known, so that nothing needs to be opened before a peer
   * asks for it.
   */
  default boolean waits() {
    return false;
  }

  /**
   * Whether it can be opened again and again from what is recorded of it, so that it may be closed
   * while it is complete and nobody wants it.
   */
  default boolean isKept() {
    return waits();
  }

  /** What is known of the torrent {@code hashes} before it is opened. */
  default TorrentSnapshot known(InfoHashes hashes) {
    return TorrentSnapshot.idle(hashes);
  }

  /** A change of its files that a crash interrupted; it is done again before it runs. */
  default Optional<Command.Files> unfinished() {
    return Optional.empty();
  }

  /** Brings the torrent as {@link #open} does, as it was before {@link #unfinished}. */
  default void openUnfinished(Handler handler) {
    open(handler);
  }

  /** Receives the torrent. */
  interface Handler {
    /** Here it is; the receiver closes {@code storage}. */
    void onOpened(Metainfo metainfo, Storage storage);

    /** It cannot be read. */
    void onFault(Fault fault);
  }
}
