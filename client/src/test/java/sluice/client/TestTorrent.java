package sluice.client;

import java.nio.file.Path;
import sluice.storage.hashing.TorrentMaker;

/** A torrent of one file, and the folder that the file is in. */
record TestTorrent(byte[] bytes, Path folder) {
  static TestTorrent of(Path folder, String name) throws Exception {
    byte[] bytes =
        TorrentMaker.make(folder.resolve(name), options -> {}, (done, total) -> {}).bytes();
    return new TestTorrent(bytes, folder);
  }
}
