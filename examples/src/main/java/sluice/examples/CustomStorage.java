package sluice.examples;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.protocol.address.HostPort;

/** Downloads to memory instead of to files. */
public final class CustomStorage {
  private CustomStorage() {}

  /** The data of a torrent of one file, from {@code peers}. */
  public static byte[] download(Client client, byte[] torrent, List<HostPort> peers)
      throws InterruptedException {
    ConcurrentHashMap<Integer, byte[]> pieces = new ConcurrentHashMap<>();
    AddOptions options = AddOptions.into(Path.of("")).peers(peers);
    client
        .add(torrent, options, (meta, loop, pool) -> new MemoryStorage(meta, loop, pool, pieces))
        .awaitCompletion();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map.Entry<Integer, byte[]> piece : new TreeMap<>(pieces).entrySet()) {
      all.writeBytes(piece.getValue());
    }
    return all.toByteArray();
  }
}
