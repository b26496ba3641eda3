package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.merkle.MerkleLayers;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayer;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/**
 * Answers requests for Merkle hashes from the piece layers of the torrent file (BEP 52). Layers
 * below the piece layer are not kept and are refused. A tree is built at its first request. Loop
 * only.
 */
final class HashService {
  private final Metainfo metainfo;
  private final Map<Hash, MerkleLayers> trees = new HashMap<>();

  HashService(Metainfo metainfo) {
    this.metainfo = metainfo;
  }

  /** The hashes that were asked for, or a refusal. */
  Message answer(Message.HashRequest request) {
    HashRange range =
        new HashRange(
            request.baseLayer(), request.index(), request.length(), request.proofLayers());
    Optional<byte[]> hashes =
        tree(request.piecesRoot()).flatMap(tree -> range.answer(tree.height(), tree));
    if (hashes.isEmpty()) {
      return refusal(request);
    }
    return new Message.Hashes(
        request.piecesRoot(),
        request.baseLayer(),
        request.index(),
        request.length(),
        request.proofLayers(),
        ByteBuffer.wrap(hashes.get()));
  }

  /** A refusal of {@code request}. */
  static Message refusal(Message.HashRequest request) {
    return new Message.HashReject(
        request.piecesRoot(),
        request.baseLayer(),
        request.index(),
        request.length(),
        request.proofLayers());
  }

  private Optional<MerkleLayers> tree(Hash root) {
    PieceLayer layer = metainfo.pieceLayers().get(root);
    if (layer == null) {
      return Optional.empty();
    }
    return Optional.of(trees.computeIfAbsent(root, r -> build(r, layer)));
  }

  private MerkleLayers build(Hash root, PieceLayer layer) {
    long length =
        metainfo.info().files().stream()
            .filter(file -> file.piecesRoot().filter(root::equals).isPresent())
            .mapToLong(FileEntry::length)
            .findFirst()
            .orElseThrow();
    int leaves = Math.toIntExact((length + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK);
    int level = MerkleTree.height(metainfo.info().layout().pieceLength() / PieceLayout.BLOCK);
    return MerkleLayers.of(layer.bytes(), level, MerkleTree.height(leaves));
  }
}
