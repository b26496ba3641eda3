package sluice.client.crash;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.storage.pool.SlabPool;

/**
 * A program that seeds to hundreds of peers at a time and prints what memory that took. Its
 * arguments are a torrent file and the folder of its data; it ends with the end of its input.
 */
final class CrowdedSeed {
  /** Peers that it gives to at a time. */
  static final int SLOTS = 600;

  private static final int LOOK_MILLIS = 20;

  private CrowdedSeed() {}

  public static void main(String[] arguments) throws Exception {
    EngineConfig engine =
        new EngineConfig(
            List.of(new Endpoint(InetAddress.getLoopbackAddress(), 0)),
            EngineConfig.defaults(List.of()).outgoing(),
            "Sluice/0.1.0",
            "-SL0100-",
            0,
            0,
            SLOTS,
            SLOTS,
            1,
            SLOTS,
            EncryptionPolicy.OFF);
    try (Client client = Client.open(ClientConfig.of(engine))) {
      AddOptions options = AddOptions.into(Path.of(arguments[1])).withoutTrackers();
      TorrentHandle seed = client.add(Files.readAllBytes(Path.of(arguments[0])), options);
      seed.awaitCompletion();
      System.out.println(client.port());
      long direct = 0;
      long heap = 0;
      int peers = 0;
      while (System.in.available() == 0) {
        direct = Math.max(direct, directBytes());
        heap = Math.max(heap, Runtime.getRuntime().totalMemory());
        peers = Math.max(peers, seed.snapshot().orElseThrow().peers());
        Thread.sleep(LOOK_MILLIS);
      }
      System.out.println(peers);
      System.out.println(direct);
      System.out.println(heap);
      System.out.println(peakResidentKib());
      System.out.println(SlabPool.DEFAULT_BYTES);
    }
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static long peakResidentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
