package sluice.engine.sibling;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sluice.engine.peer.Sender;
import sluice.engine.port.Storage;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/**
 * A torrent of the session that lends what it has to another one. Nobody writes through it. Loop
 * only.
 */
public final class Lender {
  private final Info info;
  private final PieceSet have;
  private final Storage storage;
  private final boolean grows;
  private final Supplier<List<Endpoint>> peers;
  private final Runnable release;
  private final Sender sender;
  private BooleanSupplier wanted = () -> false;
  private boolean closed;

  /**
   * A lender that is open.
   *
   * @param have what it has; a view that follows it if it {@code grows}
   * @param storage its data, read only
   * @param grows whether it may get more
   * @param peers where its peers accept connections
   * @param release called once, when the borrower or the lender has ended it
   */
  public Lender(
      Info info,
      PieceSet have,
      Storage storage,
      boolean grows,
      Supplier<List<Endpoint>> peers,
      Runnable release) {
    this.info = info;
    this.have = have;
    this.storage = storage;
    this.grows = grows;
    this.peers = peers;
    this.release = release;
    this.sender = new Sender.Sibling(info.hashes());
  }

  /** What is lent. */
  public Info info() {
    return info;
  }

  Storage storage() {
    return storage;
  }

  Sender sender() {
    return sender;
  }

  /** Where its peers accept connections; none if it is private (BEP 27). */
  List<Endpoint> peers() {
    return info.isPrivate() ? List.of() : peers.get();
  }

  /** {@code wanted} tells from here on whether the borrower waits for pieces. */
  void wanted(BooleanSupplier wanted) {
    this.wanted = wanted;
  }

  boolean isWanted() {
    return !closed && wanted.getAsBoolean();
  }

  boolean grows() {
    return grows;
  }

  /** Changes when it has got more. */
  int count() {
    return have.count();
  }

  /** Whether it can be read no longer. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends it: nothing more is read. */
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }

  /** Whether it has all of these bytes of its byte space. */
  boolean has(long origin, int length) {
    PieceLayout layout = info.layout();
    int last = (int) ((origin + length - 1) / layout.pieceLength());
    int missing = have.nextClear((int) (origin / layout.pieceLength()));
    return missing < 0 || missing > last;
  }
}
