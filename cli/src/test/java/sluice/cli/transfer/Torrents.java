package sluice.cli.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.cli.source.Given;
import sluice.engine.session.QueuePlace;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.TorrentCreator;

/** Small torrents for tests. */
final class Torrents {
  static final int SIZE = 40_000;
  static final HostPort PEER = new HostPort("127.0.0.1", 6881);

  private Torrents() {}

  static Given.TorrentFile named(String name, String... trackers) {
    MetainfoBuilder builder =
        MetainfoBuilder.ofFile(name, SIZE)
            .version(MetainfoBuilder.Version.V1)
            .trackers(trackers.length == 0 ? List.of() : List.of(List.of(trackers)));
    try {
      byte[] bytes = TorrentCreator.create(builder, (file, offset, into) -> {});
      return new Given.TorrentFile(MetainfoParser.parse(bytes), bytes);
    } catch (MetainfoException e) {
      throw new AssertionError(e);
    }
  }

  static Metainfo hybrid(String name) {
    MetainfoBuilder builder =
        MetainfoBuilder.ofFile(name, SIZE).version(MetainfoBuilder.Version.HYBRID);
    try {
      return MetainfoParser.parse(TorrentCreator.create(builder, (file, offset, into) -> {}));
    } catch (MetainfoException e) {
      throw new AssertionError(e);
    }
  }

  static Item item(String name, String... trackers) {
    return new Item(named(name, trackers), Path.of("."), true, true, List.of());
  }

  /** A torrent that is called by some hash only. */
  static Item magnet(InfoHashes hashes, HostPort... peers) {
    Magnet magnet =
        new Magnet(hashes, Optional.empty(), List.of(), List.of(), List.of(peers), List.of());
    return new Item(new Given.Link(magnet), Path.of("."), true, true, List.of());
  }

  static TorrentSnapshot snapshot(Item item, long haveBytes, long uploaded, int peers) {
    return new TorrentSnapshot(
        item.id(),
        TorrentSnapshot.Phase.DOWNLOADING,
        (int) (haveBytes / 16_384),
        3,
        haveBytes,
        SIZE,
        haveBytes,
        uploaded,
        0,
        0,
        0,
        peers,
        0,
        0,
        0,
        Optional.empty(),
        new QueuePlace(0, false));
  }

  /** A torrent of which all that is wanted is there. */
  static TorrentSnapshot seeding(Item item, int have, int pieces) {
    TorrentSnapshot s = snapshot(item, SIZE, 0, 0);
    return new TorrentSnapshot(
        s.torrent(),
        TorrentSnapshot.Phase.SEEDING,
        have,
        pieces,
        s.haveBytes(),
        s.wantedBytes(),
        s.downloaded(),
        s.uploaded(),
        s.wasted(),
        0,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        s.place());
  }
}
