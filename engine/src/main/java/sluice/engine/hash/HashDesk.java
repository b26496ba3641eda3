package sluice.engine.hash;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import sluice.engine.peer.Peer;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.PieceLayer;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.Message;

/**
 * All that one torrent says and hears about Merkle hashes (BEP 52): fetches piece layers that are
 * missing, proves who sent wrong blocks, and answers requests. Loop only.
 */
public final class HashDesk {
  private final Loop loop;
  private final InfoHashes hashes;
  private final HashBook book;
  private final Owner owner;
  private final HashAsks asks;
  private final HashFetch fetch;
  private final BlockProofs proofs;
  private final HashServer server;

  /** The torrent. */
  public interface Owner {
    /** The connected peers. */
    List<Peer> peers();

    /** What these pieces must hash to in v2 has become known. */
    void onKnown(BitSet pieces);

    /** The last piece layer that was missing is complete. */
    void onLayers(Map<Hash, PieceLayer> layers);

    /** The blocks of {@code piece}, which came out bad, must have these digests. */
    void onProof(int piece, List<Long> digests);

    /** A peer sent hashes that are provably wrong. */
    void onLiar(Peer peer);
  }

  /** The desk of the torrent with {@code hashes}, of which {@code have} tells the pieces. */
  public HashDesk(
      Loop loop,
      Entropy entropy,
      InfoHashes hashes,
      HashBook book,
      Storage storage,
      IntPredicate have,
      Owner owner) {
    this.loop = loop;
    this.hashes = hashes;
    this.book = book;
    this.owner = owner;
    asks = new HashAsks(this::speaksHashes, owner::onLiar);
    fetch = new HashFetch(book, asks, entropy, this::known);
    proofs = new BlockProofs(book, asks, entropy, owner::onProof);
    server = new HashServer(book, storage, have);
  }

  /** What is known. */
  public HashBook book() {
    return book;
  }

  /** Whether {@code peer} may have hashes that are missing. */
  public boolean needs(Peer peer) {
    return !book.isComplete() && speaksHashes(peer);
  }

  /** A peer that named the v2 hash, or offered or accepted the upgrade of a v1 connection. */
  private boolean speaksHashes(Peer peer) {
    Handshake theirs = peer.handshake();
    return hashes.v2().isPresent()
        && (theirs.v2() || hashes.v2().get().truncated().equals(theirs.infoHash()));
  }

  /** A peer has come, or told what it has. */
  public void met() {
    fill();
  }

  /** A request for hashes, hashes, or a refusal. */
  public void onMessage(Peer peer, Message message) {
    if (message instanceof Message.HashRequest request) {
      server.answer(peer, request);
    } else if (message instanceof Message.Hashes answer) {
      asks.onHashes(peer, answer);
      fill();
    } else if (message instanceof Message.HashReject answer) {
      asks.onReject(peer, answer, loop.now());
      fill();
    }
  }

  /** A piece of {@code blocks} blocks came out bad. Whether the hashes of its blocks may come. */
  public boolean onBad(int piece, int blocks) {
    proofs.want(piece, blocks);
    fill();
    return isProving(piece);
  }

  /** Whether the hashes of the blocks of {@code piece} can be proved: its own hash is known. */
  public boolean canProve(int piece) {
    return book.spot(piece).isPresent();
  }

  /** The hashes of the {@code blocks} blocks of {@code piece} are wanted before it has come. */
  public void prove(int piece, int blocks) {
    if (!isProving(piece)) {
      proofs.want(piece, blocks);
      fill();
    }
  }

  /** Whether peers are being asked for the hashes of the blocks of {@code piece}. */
  public boolean isProving(int piece) {
    return proofs.isAsking(piece);
  }

  /** A piece came out good. */
  public void onGood(int piece) {
    proofs.forget(piece);
  }

  /** A second has passed. */
  public void tick(long now) {
    asks.tick(now);
    fill();
    server.tick(now);
  }

  /** The connection ended. */
  public void closed(Peer peer) {
    asks.closed(peer);
  }

  private void fill() {
    long now = loop.now();
    proofs.fill(owner.peers(), now);
    fetch.fill(owner.peers(), now);
  }

  private void known(BitSet pieces) {
    owner.onKnown(pieces);
    if (book.isComplete()) {
      owner.onLayers(book.wholeLayers());
    }
  }
}
