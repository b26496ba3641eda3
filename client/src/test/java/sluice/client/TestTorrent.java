package sluice.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.storage.hashing.TorrentMaker;

/** A torrent of one file, and the folder that the file is in. */
record TestTorrent(byte[] bytes, Path folder) {
  static TestTorrent of(Path folder, String name) throws Exception {
    byte[] bytes =
        TorrentMaker.make(folder.resolve(name), options -> {}, (done, total) -> {}).bytes();
    return new TestTorrent(bytes, folder);
  }

  /** Of random data that {@code seed} gives. */
  static TestTorrent random(Path folder, String name, int size, long seed, Version version)
      throws Exception {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    Files.write(Files.createDirectories(folder).resolve(name), data);
    byte[] bytes =
        TorrentMaker.make(
                folder.resolve(name),
                options -> options.version(version).pieceLength(1 << 16),
                (done, total) -> {})
            .bytes();
    return new TestTorrent(bytes, folder);
  }

  Metainfo metainfo() throws Exception {
    return MetainfoParser.parse(bytes);
  }

  /** With all its hashes, or only the first. */
  Magnet magnet(boolean whole) throws Exception {
    var hashes = metainfo().info().hashes();
    var named =
        whole || hashes.v1().isEmpty() ? hashes : new InfoHashes(hashes.v1(), Optional.empty());
    var none = List.<String>of();
    return new Magnet(named, Optional.of("x"), none, none, List.of(), List.of());
  }
}
