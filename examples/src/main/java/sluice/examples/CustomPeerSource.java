package sluice.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import sluice.client.Client;
import sluice.client.TorrentHandle;
import sluice.protocol.address.Endpoint;

/** Downloads from peers that the program itself finds, such as in its own directory of hosts. */
public final class CustomPeerSource {
  private CustomPeerSource() {}

  /** Asks {@code directory} once, after the torrent was added. */
  public static TorrentHandle download(
      Client client, Path torrent, Path folder, Supplier<List<Endpoint>> directory)
      throws IOException, InterruptedException {
    TorrentHandle handle = client.add(torrent, folder);
    handle.offer(directory.get()).toCompletableFuture().join();
    handle.awaitCompletion();
    return handle;
  }
}
