package sluice.daemon;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.client.limit.LimitRules;
import sluice.daemon.config.DaemonSettings;
import sluice.daemon.config.DoorSettings;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.config.TrackerPlace;
import sluice.daemon.web.Scope;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;

/**
 * A program for {@code bench/api}: a daemon on a state folder that tells, for each line on its
 * standard input, what it cost since the last one: its share of a processor, and how late a task of
 * the engine's loop was at the most. {@code LoadedDaemon STATE DATA ACTIVE}, the last with torrent
 * files that are added.
 */
final class LoadedDaemon {
  private static final long PROBE_NANOS = 2_000_000;

  private LoadedDaemon() {}

  public static void main(String[] arguments) throws Exception {
    Path state = Path.of(arguments[0]);
    InetAddress here = InetAddress.getLoopbackAddress();
    DaemonSettings settings =
        new DaemonSettings(
            ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))),
            state,
            Path.of(arguments[1]),
            List.of(),
            new InetSocketAddress(here, 0),
            List.of(),
            DoorSettings.PLAIN,
            LimitRules.NONE,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            TrackerPlace.NONE,
            NoticeSettings.NOBODY);
    try (Daemon daemon = Daemon.start(settings);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (Path file : ActiveTorrents.in(Path.of(arguments[2]))) {
        daemon
            .client()
            .add(Files.readAllBytes(file), AddOptions.into(Path.of(arguments[1])).withoutTrackers())
            .awaitCompletion();
      }
      tell(
          "{\"event\":\"up\",\"url\":\"%s\",\"key\":\"%s\",\"port\":%d,\"torrents\":%d}",
          daemon.url(),
          daemon.keys().make("load", Scope.ALL).secret(),
          daemon.peerPort(),
          daemon.client().snapshot().size());
      Thread probe = Thread.ofPlatform().daemon().name("probe").start(() -> probe(daemon.client()));
      long cpu = cpuNanos();
      long then = System.nanoTime();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        long used = cpuNanos();
        tell(
            "{\"event\":\"%s\",\"cpu_percent\":%.1f,\"loop_late_ms\":%.1f,\"active\":%d}",
            line,
            100.0 * (used - cpu) / (now - then),
            LATEST.getAndSet(0) / 1e6,
            active(daemon.client()));
        cpu = used;
        then = now;
      }
      probe.interrupt();
    }
  }

  private static final AtomicLong LATEST = new AtomicLong();

  /** Gives the loop a task every two milliseconds, and remembers which one waited longest. */
  private static void probe(Client client) {
    Optional<TorrentHandle> any = client.torrents().stream().findFirst();
    while (any.isPresent() && !Thread.currentThread().isInterrupted()) {
      long asked = System.nanoTime();
      any.get()
          .peers()
          .thenRun(() -> LATEST.accumulateAndGet(System.nanoTime() - asked, Math::max));
      LockSupport.parkNanos(PROBE_NANOS);
    }
  }

  private static long active(Client client) {
    return client.snapshot().stream().filter(s -> s.downRate() + s.upRate() > 0).count();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void tell(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
