package sluice.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.storage.hashing.TorrentMaker;

/**
 * A program for {@code bench/api}: makes torrents, or is the peer that slowly gets them of a
 * daemon. {@code ActiveTorrents make DATA TORRENTS COUNT} and {@code ActiveTorrents get TORRENTS
 * FOLDER PORT}.
 */
final class ActiveTorrents {
  /** At this rate the data of one last for four minutes. */
  private static final int BYTES = 8 << 20;

  private static final int BYTES_PER_SECOND = 32 << 10;
  private static final int PIECE_BYTES = 1 << 18;

  private ActiveTorrents() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("make")) {
      make(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    } else {
      get(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  private static void make(Path data, Path torrents, int count) throws Exception {
    Files.createDirectories(data);
    Files.createDirectories(torrents);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[BYTES];
      new SplittableRandom(i).nextBytes(bytes);
      Path file = Files.write(data.resolve("active" + i), bytes);
      TorrentMaker.Made made =
          TorrentMaker.make(file, o -> o.pieceLength(PIECE_BYTES), (done, total) -> {});
      Files.write(torrents.resolve("active" + i + ".torrent"), made.bytes());
    }
  }

  static List<Path> in(Path torrents) throws IOException {
    try (Stream<Path> all = Files.list(torrents)) {
      return all.sorted().toList();
    }
  }

  private static void get(Path torrents, Path folder, int port) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    Client client =
        Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))));
    for (Path file : in(torrents)) {
      TorrentHandle handle =
          client.add(
              Files.readAllBytes(file),
              AddOptions.into(folder).withoutTrackers().limits(BYTES_PER_SECOND, 0));
      handle.offer(List.of(new Endpoint(here, port))).toCompletableFuture().join();
    }
    System.out.println("{\"event\":\"getting\"}");
    Thread.currentThread().join();
  }
}
