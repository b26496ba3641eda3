package sluice.engine.fake;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.TorrentCreator;

/** A torrent of one file with content from a seed. */
public final class Content {
  private final byte[] bytes;
  private final Metainfo metainfo;

  private Content(int length, int pieceLength, MetainfoBuilder.Version version) {
    this(random(length), "content", pieceLength, version);
  }

  private Content(byte[] bytes, String name, int pieceLength, MetainfoBuilder.Version version) {
    this(bytes, MetainfoBuilder.ofFile(name, bytes.length).version(version), pieceLength);
  }

  private Content(byte[] bytes, MetainfoBuilder named, int pieceLength) {
    this.bytes = bytes;
    MetainfoBuilder builder = named.pieceLength(pieceLength);
    byte[] file =
        TorrentCreator.create(
            builder,
            (f, offset, target) -> System.arraycopy(bytes, (int) offset, target, 0, target.length));
    metainfo = parse(file);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  /** Another torrent of the same file, with pieces of {@code blocks} blocks. */
  public Content twin(int blocks, MetainfoBuilder.Version version) {
    return new Content(bytes, "twin", blocks * PieceLayout.BLOCK, version);
  }

  /** A private v1 torrent of the same file, with pieces of {@code blocks} blocks. */
  public Content privateTwin(int blocks) {
    return new Content(
        bytes,
        MetainfoBuilder.ofFile("private", bytes.length)
            .version(MetainfoBuilder.Version.V1)
            .isPrivate(true),
        blocks * PieceLayout.BLOCK);
  }

  /** A v1 torrent of the same file that names a tracker. */
  public Content announced(String tracker) {
    return new Content(
        bytes,
        MetainfoBuilder.ofFile("content", bytes.length)
            .version(MetainfoBuilder.Version.V1)
            .trackers(List.of(List.of(tracker))),
        layout().pieceLength());
  }

  /** A v1 torrent of {@code pieces} whole pieces of {@code blocks} blocks. */
  public static Content of(int pieces, int blocks) {
    return of(pieces, blocks, MetainfoBuilder.Version.V1);
  }

  /** A torrent of {@code pieces} whole pieces of {@code blocks} blocks. */
  public static Content of(int pieces, int blocks, MetainfoBuilder.Version version) {
    int pieceLength = blocks * PieceLayout.BLOCK;
    return new Content(pieces * pieceLength, pieceLength, version);
  }

  private static Metainfo parse(byte[] file) {
    try {
      return MetainfoParser.parse(file);
    } catch (MetainfoException e) {
      throw new IllegalStateException(e);
    }
  }

  public Metainfo metainfo() {
    return metainfo;
  }

  public PieceLayout layout() {
    return metainfo.info().layout();
  }

  /** The bytes of a part of a piece. */
  public byte[] slice(int piece, int begin, int length) {
    int from = piece * layout().pieceLength() + begin;
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** The bytes of one block. */
  public byte[] block(int piece, int block) {
    return slice(piece, block * PieceLayout.BLOCK, layout().blockLength(piece, block));
  }
}
