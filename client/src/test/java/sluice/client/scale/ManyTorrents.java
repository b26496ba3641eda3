package sluice.client.scale;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;

/**
 * A program with very many torrents in a state folder, for tests and {@code bench/scale}. Each
 * torrent is one file of 64 KiB, of which no piece is that of another torrent.
 *
 * <p>{@code make DATA TORRENTS COUNT} makes data and torrent files. {@code add STATE DATA COUNT
 * START [TRACKER]} adds torrents from number START on, which name TRACKER if there is one, and
 * stops them. {@code run STATE start|rest} goes on with what is there, starts it all or not, and
 * runs until SIGTERM. Each tells what it did as JSON lines.
 */
public final class ManyTorrents {
  private static final int BYTES = 1 << 16;
  private static final int PIECE = 1 << 14;
  private static final int WINDOW = 1_000;
  private static final long LOOK_MILLIS = 50;

  private ManyTorrents() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "make" ->
          make(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      case "add" ->
          add(
              Path.of(arguments[1]),
              Path.of(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]),
              arguments.length > 5 ? Optional.of(arguments[5]) : Optional.empty());
      case "run" -> run(Path.of(arguments[1]), arguments[2].equals("start"));
      default -> throw new IllegalArgumentException("make, add or run: " + arguments[0]);
    }
  }

  private static void make(Path data, Path torrents, int count) throws IOException {
    Files.createDirectories(data);
    Files.createDirectories(torrents);
    for (int i = 0; i < count; i++) {
      Files.write(data.resolve(name(i)), content(i));
      Files.write(torrents.resolve(name(i) + ".torrent"), torrent(i, Optional.empty()));
    }
    tell("made", "\"count\":" + count);
  }

  private static void add(Path state, Path data, int count, int start, Optional<String> tracker)
      throws Exception {
    long begin = System.nanoTime();
    List<TorrentHandle> handles = new ArrayList<>(count);
    try (Client client = Client.open(config(state))) {
      AddOptions into = AddOptions.into(data).stopped();
      AddOptions options = tracker.isPresent() ? into : into.withoutTrackers();
      for (int i = 0; i < count; i++) {
        handles.add(client.add(torrent(start + i, tracker), options));
      }
      tell("added", seconds(begin));
      begin = System.nanoTime();
      ArrayDeque<CompletionStage<Void>> open = new ArrayDeque<>();
      for (TorrentHandle handle : handles) {
        open.add(handle.stop());
        if (open.size() >= WINDOW) {
          open.remove().toCompletableFuture().join();
        }
      }
      open.forEach(stage -> stage.toCompletableFuture().join());
      tell("stopped", seconds(begin));
    }
    tell("closed", "\"count\":" + count);
  }

  private static void run(Path state, boolean start) throws Exception {
    Client client = Client.open(config(state));
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              client.close();
              tell("closed", "\"by\":\"SIGTERM\"");
            }));
    int count = client.snapshot().size();
    long sinceStart =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    tell("listed", "\"count\":%d,\"seconds\":%.3f".formatted(count, sinceStart / 1e3));
    if (start) {
      startAll(client);
    }
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(LOOK_MILLIS);
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    tell("resting", "\"heap_bytes\":" + heap);
    main.join();
  }

  private static void startAll(Client client) throws InterruptedException {
    long begin = System.nanoTime();
    ArrayDeque<CompletionStage<Void>> open = new ArrayDeque<>();
    for (TorrentHandle handle : client.torrents()) {
      open.add(handle.start());
      if (open.size() >= WINDOW) {
        open.remove().toCompletableFuture().join();
      }
    }
    open.forEach(stage -> stage.toCompletableFuture().join());
    tell("started", seconds(begin));
    long seeding = 0;
    int count = client.torrents().size();
    while (seeding < count) {
      Thread.sleep(LOOK_MILLIS * 10);
      seeding = client.snapshot().stream().filter(s -> s.phase() == Phase.SEEDING).count();
    }
    tell("seeding", seconds(begin));
  }

  private static ClientConfig config(Path state) {
    Endpoint any = new Endpoint(InetAddress.getLoopbackAddress(), 0);
    return ClientConfig.of(EngineConfig.defaults(List.of(any))).keep(state);
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "many-%06d", number);
  }

  /** The content of torrent {@code number}; no piece is that of another torrent. */
  private static byte[] content(int number) {
    byte[] content = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    for (int at = 0; at < BYTES; at += PIECE) {
      ByteBuffer.wrap(content).putInt(at, number);
    }
    return content;
  }

  /** The torrent file of torrent {@code number}. */
  private static byte[] torrent(int number, Optional<String> tracker) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String name = name(number);
    String announce = tracker.map(t -> "8:announce" + t.length() + ":" + t).orElse("");
    out.write(
        "d%s4:infod6:lengthi%de4:name%d:%s12:piece lengthi%de6:pieces%d:"
            .formatted(announce, BYTES, name.length(), name, PIECE, BYTES / PIECE * 20)
            .getBytes(StandardCharsets.US_ASCII));
    byte[] content = content(number);
    for (int at = 0; at < BYTES; at += PIECE) {
      byte[] piece = new byte[PIECE];
      System.arraycopy(content, at, piece, 0, PIECE);
      out.write(Hash.sha1(piece).bytes());
    }
    out.write("ee".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String seconds(long since) {
    return "\"seconds\":%.3f".formatted((System.nanoTime() - since) / 1e9);
  }

  private static synchronized void tell(String event, String fields) {
    System.out.println("{\"event\":\"" + event + "\"," + fields + "}");
    System.out.flush();
  }
}
