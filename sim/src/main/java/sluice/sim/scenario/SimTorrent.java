package sluice.sim.scenario;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.disk.SimContent;

/**
 * A torrent with content that is a function of a seed.
 *
 * @param metainfo the torrent file
 * @param truth its true pieces
 */
public record SimTorrent(Metainfo metainfo, SimContent.Pieces truth) {

  /** A v1 torrent of one file. */
  public static SimTorrent v1(long seed, int pieceLength, long length) {
    FileEntry file =
        new FileEntry(List.of("f"), length, 0, Set.of(), Optional.empty(), Optional.empty());
    SimContent.Pieces truth =
        new SimContent(seed).pieces(PieceLayout.of(pieceLength, List.of(file)));
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int i = 0; i < truth.layout().pieceCount(); i++) {
      pieces.writeBytes(Hash.sha1(truth.piece(i)).bytes());
    }
    String text =
        "d8:announce%d:%s4:infod6:lengthi%de4:name1:f12:piece lengthi%de6:pieces%d:%see"
            .formatted(
                Swarm.TRACKER.length(),
                Swarm.TRACKER,
                length,
                pieceLength,
                pieces.size(),
                pieces.toString(StandardCharsets.ISO_8859_1));
    try {
      Metainfo metainfo = MetainfoParser.parse(text.getBytes(StandardCharsets.ISO_8859_1));
      return new SimTorrent(metainfo, new SimContent(seed).pieces(metainfo.info().layout()));
    } catch (MetainfoException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How it is cut. */
  public PieceLayout layout() {
    return metainfo.info().layout();
  }

  /** The true bytes of a block. */
  public byte[] block(int piece, int begin, int length) {
    return Arrays.copyOfRange(truth.piece(piece), begin, begin + length);
  }
}
