package sluice.sim.scenario;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.TorrentCreator;
import sluice.sim.disk.SimContent;
import sluice.sim.world.Chance;

/**
 * A torrent with content that is a function of a seed, announced at {@link Swarm#TRACKER}.
 *
 * @param metainfo the torrent file
 * @param truth its true pieces
 */
public record SimTorrent(Metainfo metainfo, SimContent.Pieces truth) {

  /** A v1 torrent of one file. */
  public static SimTorrent v1(long seed, int pieceLength, long length) {
    return of(Version.V1, seed, pieceLength, length);
  }

  /** A torrent of one file. */
  public static SimTorrent of(Version version, long seed, int pieceLength, long length) {
    return make(MetainfoBuilder.ofFile("file", length).version(version), seed, pieceLength);
  }

  /** A private v1 torrent of one file (BEP 27). */
  public static SimTorrent secret(long seed, int pieceLength, long length) {
    MetainfoBuilder builder = MetainfoBuilder.ofFile("file", length).version(Version.V1);
    return make(builder.isPrivate(true), seed, pieceLength);
  }

  /** A torrent of a folder with files of {@code lengths} bytes; v1 gets pads if {@code aligned}. */
  public static SimTorrent folder(
      Version version, boolean aligned, long seed, int pieceLength, long... lengths) {
    MetainfoBuilder builder = MetainfoBuilder.ofFolder("folder").version(version).aligned(aligned);
    for (int i = 0; i < lengths.length; i++) {
      builder.file(List.of("file%05d".formatted(i)), lengths[i]);
    }
    return make(builder, seed, pieceLength);
  }

  /** A torrent of any version with one or more files, {@code most} bytes together at most. */
  public static SimTorrent any(Chance chance, int pieceLength, long most) {
    Version version = List.of(Version.values()).get(chance.nextInt(Version.values().length));
    long seed = chance.nextLong();
    int files = chance.between(1, 8);
    if (files == 1) {
      return of(version, seed, pieceLength, 1 + chance.nextLong(most));
    }
    long[] lengths = new long[files];
    for (int i = 0; i < files; i++) {
      lengths[i] = chance.happens(0.2) ? 0 : chance.nextLong(most / files + 1);
    }
    lengths[0] = Math.max(1, lengths[0]);
    return folder(version, chance.happens(0.5), seed, pieceLength, lengths);
  }

  private static SimTorrent make(MetainfoBuilder builder, long seed, int pieceLength) {
    SimContent content = new SimContent(seed);
    byte[] file =
        TorrentCreator.create(
            builder.pieceLength(pieceLength).trackers(List.of(List.of(Swarm.TRACKER))),
            (entry, offset, target) ->
                content.read(entry.offset() + offset, target, 0, target.length));
    try {
      Metainfo metainfo = MetainfoParser.parse(file);
      return new SimTorrent(
          metainfo, content.pieces(metainfo.info().layout(), metainfo.info().files()));
    } catch (MetainfoException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The torrent file without piece layers, which peers have to tell (BEP 52). */
  public Metainfo withoutLayers() {
    return new Metainfo(
        metainfo.info(),
        metainfo.trackers(),
        metainfo.webSeeds(),
        metainfo.nodes(),
        Collections.emptyMap(),
        metainfo.comment(),
        metainfo.createdBy(),
        metainfo.created(),
        metainfo.softErrors());
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
