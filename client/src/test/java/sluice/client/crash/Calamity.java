package sluice.client.crash;

import static sluice.testkit.Ordeal.fill;
import static sluice.testkit.Ordeal.isEmpty;
import static sluice.testkit.Ordeal.require;
import static sluice.testkit.Ordeal.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.ClientException;
import sluice.client.EventStream;
import sluice.client.TorrentHandle;
import sluice.engine.port.Fault;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.address.HostPort;

/**
 * A program whose client meets full and vanished disks, in a mount namespace of its own. Its
 * argument is a folder that holds {@code small}, a file system of 8 MiB, and {@code large}. It ends
 * with an exception when something is not as it should be.
 */
final class Calamity {
  private static final int BYTES = 4 << 20;
  private static final int PIECE = 1 << 16;
  private static final int FILLER_BYTES = 6 << 20;
  private static final int MAX_ADDED = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final Path small;
  private final Path large;

  private Calamity(Path folder) {
    small = folder.resolve("small");
    large = folder.resolve("large");
  }

  public static void main(String[] arguments) throws Exception {
    Calamity calamity = new Calamity(Path.of(arguments[0]));
    try (Client seeder = Client.open(Subject.config())) {
      Path source = calamity.large.resolve("source");
      for (int i = 0; i < 3; i++) {
        calamity.goods[i] = Goods.make(source, i, BYTES, PIECE, "http://127.0.0.1:9/announce");
        seeder
            .add(calamity.goods[i].torrentFile(), AddOptions.into(source).withoutTrackers())
            .awaitCompletion();
      }
      calamity.peer = new HostPort("127.0.0.1", seeder.port());
      VanishingTarget.check(calamity.large.resolve("vanishing"));
      together(
          () -> {
            calamity.fullInAMove();
            calamity.unmountedInAMove();
            calamity.fullData();
          },
          () -> ForeignHand.check(calamity.large.resolve("foreign")),
          calamity::absentAtStart,
          calamity::unmountedWhileSeeding,
          calamity::unmountedWhileDownloading);
    }
    calamity.fullState();
    System.out.println("all is well");
  }

  /** A part that has disks of its own. */
  private interface Part {
    void run() throws Exception;
  }

  /** Side by side, as each of them waits ten seconds and more for a look at a disk. */
  private static void together(Part... parts) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(parts.length)) {
      List<Future<?>> running = new ArrayList<>();
      for (Part part : parts) {
        running.add(
            threads.submit(() -> {
              part.run();
              return part;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private final Goods[] goods = new Goods[3];
  private HostPort peer = new HostPort("127.0.0.1", 9);

  private void fullData() throws Exception {
    Path filler = Files.write(small.resolve("filler"), new byte[FILLER_BYTES]);
    try (Client client = Client.open(Subject.config().keep(large.resolve("state1")))) {
      TorrentHandle stuck = client.add(goods[0].torrentFile(), into(small));
      TorrentSnapshot faulted = await(client, stuck, s -> s.phase() == Phase.FAULTED);
      require(faulted.fault().orElseThrow().kind() == Fault.Kind.NO_SPACE, "full: " + faulted);
      TorrentHandle other = client.add(goods[1].torrentFile(), into(large.resolve("data")));
      other.awaitCompletion();
      other.stop().toCompletableFuture().join();
      Files.delete(filler);
      await(client, stuck, s -> s.phase() == Phase.SEEDING);
    }
    require(goods[0].right(small).cardinality() == goods[0].pieceCount(), "complete and right");
  }

  /** The copy does not fit: the torrent goes on where it was, and nothing is left of the copy. */
  private void fullInAMove() throws Exception {
    Path home = large.resolve("home");
    Path filler = Files.write(small.resolve("filler"), new byte[FILLER_BYTES]);
    Path there = Files.createDirectories(small.resolve("there"));
    try (Client client = Client.open(Subject.config().keep(large.resolve("state4")))) {
      TorrentHandle handle = client.add(goods[0].torrentFile(), into(home));
      handle.awaitCompletion();
      String said = refused(handle, there);
      require(said.contains("full") || said.contains("space"), "says why: " + said);
      require(isEmpty(there), "nothing is left of the copy");
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(goods[0].right(home).cardinality() == goods[0].pieceCount(), "is where it was");
      Files.delete(filler);
      handle.move(there).toCompletableFuture().join();
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(goods[0].right(there).cardinality() == goods[0].pieceCount(), "is there");
      require(goods[0].right(home).isEmpty(), "and not where it was");
      handle.removeWithData().toCompletableFuture().join();
    }
  }

  /** The disk that the files are on goes away: nothing is made, and they are found again. */
  private void unmountedInAMove() throws Exception {
    Path store = Files.createDirectories(large.resolve("store5"));
    Path mount = Files.createDirectories(large.resolve("mount5"));
    Path there = Files.createDirectories(small.resolve("there"));
    run("mount", "--bind", store.toString(), mount.toString());
    try (Client client = Client.open(Subject.config().keep(large.resolve("state5")))) {
      TorrentHandle handle = client.add(goods[0].torrentFile(), into(mount));
      handle.awaitCompletion();
      handle.stop().toCompletableFuture().join();
      run("umount", "-l", mount.toString());
      String said = refused(handle, there);
      require(said.contains("mount"), "says why: " + said);
      require(isEmpty(there) && isEmpty(mount), "nothing is made");
      run("mount", "--bind", store.toString(), mount.toString());
      handle.move(there).toCompletableFuture().join();
      handle.start().toCompletableFuture().join();
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(goods[0].right(there).cardinality() == goods[0].pieceCount(), "is there");
      handle.removeWithData().toCompletableFuture().join();
    }
    run("umount", mount.toString());
  }

  /** Why the files cannot be moved. */
  private static String refused(TorrentHandle handle, Path to) {
    try {
      handle.move(to).toCompletableFuture().join();
    } catch (CompletionException e) {
      require(e.getCause() instanceof ClientException, "a cause for people: " + e);
      return String.valueOf(e.getCause().getMessage());
    }
    throw new IllegalStateException("not so: the move is refused");
  }

  private void absentAtStart() throws Exception {
    Path store = Files.createDirectories(large.resolve("store"));
    Path mount = Files.createDirectories(large.resolve("mount"));
    run("mount", "--bind", store.toString(), mount.toString());
    try (Client client = Client.open(Subject.config().keep(large.resolve("state2")))) {
      client.add(goods[2].torrentFile(), into(mount)).awaitCompletion();
    }
    run("umount", mount.toString());
    Path file = store.resolve("t2").resolve("f0");
    byte[] data = Files.readAllBytes(file);
    FileTime time = Files.getLastModifiedTime(file);
    try (Client client = Client.open(Subject.config().keep(large.resolve("state2")))) {
      TorrentHandle handle = client.torrents().getFirst();
      await(client, handle, s -> s.phase() == Phase.ABSENT);
      require(isEmpty(mount), "nothing is made in the mount point");
      // False data that look as before are not noticed, which shows that nothing is checked.
      Files.write(file, new byte[data.length]);
      Files.setLastModifiedTime(file, time);
      run("mount", "--bind", store.toString(), mount.toString());
      TorrentSnapshot back = await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(back.havePieces() == back.pieces(), "progress is kept: " + back);
      Files.write(file, data);
      Files.setLastModifiedTime(file, time);
    }
  }

  private void unmountedWhileSeeding() throws Exception {
    Path store = Files.createDirectories(large.resolve("store6"));
    Path mount = Files.createDirectories(large.resolve("mount6"));
    run("mount", "--bind", store.toString(), mount.toString());
    ClientConfig kept = Subject.config().keep(large.resolve("state6"));
    try (Client client = Client.open(kept)) {
      client.add(goods[2].torrentFile(), into(mount)).awaitCompletion();
    }
    // Another run, which has opened none of the files before.
    try (Client client = Client.open(kept);
        Client leech = Client.open(Subject.config())) {
      TorrentHandle handle = client.torrents().getFirst();
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      run("umount", "-l", mount.toString());
      AddOptions options = AddOptions.into(large.resolve("copy")).withoutTrackers();
      leech.add(
          goods[2].torrentFile(), options.peers(List.of(new HostPort("127.0.0.1", client.port()))));
      await(client, handle, s -> s.phase() == Phase.ABSENT);
      require(isEmpty(mount), "nothing is made in the mount point");
      run("mount", "--bind", store.toString(), mount.toString());
      TorrentSnapshot back = await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(back.havePieces() == back.pieces(), "progress is kept: " + back);
    }
  }

  /** Open files outlive a lazy unmount, so it may even get complete; it must be found again. */
  private void unmountedWhileDownloading() throws Exception {
    Path store = Files.createDirectories(large.resolve("store3"));
    Path mount = Files.createDirectories(large.resolve("mount3"));
    ClientConfig kept = Subject.config().keep(large.resolve("state3"));
    run("mount", "--bind", store.toString(), mount.toString());
    final int pieces;
    try (Client client = Client.open(kept)) {
      TorrentHandle handle = client.add(goods[1].torrentFile(), into(mount).limits(BYTES / 4, 0));
      await(client, handle, s -> s.havePieces() > 0);
      run("umount", "-l", mount.toString());
      await(client, handle, s -> s.havePieces() > 48 || hasEnded(s));
      pieces = handle.snapshot().orElseThrow().havePieces();
    }
    require(isEmpty(mount), "nothing is made in the mount point");
    try (Client client = Client.open(kept)) {
      TorrentHandle handle = client.torrents().getFirst();
      TorrentSnapshot absent = await(client, handle, s -> s.phase() == Phase.ABSENT);
      require(isEmpty(mount), "nothing is made in the mount point by another run: " + absent);
      run("mount", "--bind", store.toString(), mount.toString());
      await(client, handle, s -> s.phase() == Phase.DOWNLOADING && s.havePieces() >= pieces);
    }
    require(goods[1].right(mount).cardinality() >= pieces, "what was there is there");
  }

  private static boolean hasEnded(TorrentSnapshot snapshot) {
    return snapshot.phase() == Phase.ABSENT || snapshot.phase() == Phase.SEEDING;
  }

  private void fullState() throws Exception {
    int added = 0;
    ClientConfig kept = Subject.config().keep(small.resolve("state"));
    try (Client client = Client.open(kept)) {
      fill(small.resolve("filler"));
      String refused = "";
      while (refused.isEmpty() && added < MAX_ADDED) {
        byte[] file =
            Goods.make(
                    large.resolve("more"),
                    10 + added,
                    BYTES,
                    1 << 14,
                    "http://127.0.0.1:9/announce")
                .torrentFile();
        try {
          client.add(file, into(large.resolve("data")).stopped());
          added++;
        } catch (ClientException e) {
          refused = e.getMessage();
        }
      }
      require(refused.contains("cannot be recorded"), "said: " + refused);
      require(client.torrents().size() == added, "only what was acknowledged is there");
      Files.delete(small.resolve("filler"));
    }
    try (Client client = Client.open(kept)) {
      require(client.torrents().size() == added, "all that was acknowledged is there");
    }
  }

  private AddOptions into(Path folder) {
    return AddOptions.into(folder).withoutTrackers().peers(List.of(peer));
  }

  static TorrentSnapshot await(
      Client client, TorrentHandle handle, Predicate<TorrentSnapshot> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (EventStream events = client.events()) {
      TorrentSnapshot snapshot = handle.snapshot().orElseThrow();
      while (!wanted.test(snapshot)) {
        require(System.nanoTime() - end < 0, "still waits: " + snapshot + " " + snapshot.fault());
        events.next(Duration.ofMillis(100));
        snapshot = handle.snapshot().orElseThrow();
      }
      return snapshot;
    }
  }
}
