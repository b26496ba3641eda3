package sluice.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.TorrentHandle;
import sluice.storage.hashing.SourceException;
import sluice.storage.hashing.TorrentMaker;

/** Makes a torrent of a folder and shares it as long as the client is open. */
public final class SeedFolder {
  private SeedFolder() {}

  /** Writes the torrent of {@code folder} to {@code torrent}; its data stay where they are. */
  public static TorrentHandle seed(Client client, Path folder, Path torrent)
      throws IOException, SourceException, InterruptedException {
    byte[] file = TorrentMaker.make(folder, options -> {}, (done, total) -> {}).bytes();
    Files.write(torrent, file);
    Path around = folder.toAbsolutePath().getParent();
    TorrentHandle seed = client.add(file, AddOptions.into(around == null ? folder : around));
    seed.awaitCompletion();
    return seed;
  }
}
