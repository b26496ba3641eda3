package sluice.client.crash;

import static sluice.client.crash.Calamity.await;
import static sluice.testkit.Ordeal.isEmpty;
import static sluice.testkit.Ordeal.require;
import static sluice.testkit.Ordeal.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientException;
import sluice.client.Startup;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;

/**
 * A part of {@link Calamity}: the disk that files are being moved to is unmounted while they are
 * copied. What was copied may lie on it; the torrent is where it was, and comes along later.
 */
final class VanishingTarget {
  private static final int BYTES = 64 << 20;
  private static final int PIECE = 1 << 20;

  /** So often the unmounting is tried to be faster than the copy. */
  private static final int MAX_TRIES = 10;

  private final Path home;
  private final Path store;
  private final Path mount;
  private final Path state;
  private final Goods goods;

  private VanishingTarget(Path folder) throws Exception {
    home = folder.resolve("home");
    store = Files.createDirectories(folder.resolve("roomy"));
    mount = Files.createDirectories(folder.resolve("mount"));
    state = folder.resolve("state");
    goods = Goods.make(home, 6, BYTES, PIECE, "http://127.0.0.1:9/announce");
  }

  /** Does it below {@code folder}. */
  static void check(Path folder) throws Exception {
    Files.createDirectories(folder);
    VanishingTarget target = new VanishingTarget(folder);
    run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", target.store.toString());
    boolean refused = false;
    for (int i = 0; !refused && i < MAX_TRIES; i++) {
      refused = target.unmountedInTheMiddle();
    }
    require(refused, "the unmounting was faster once");
    target.comesAlong();
    run("umount", target.mount.toString());
    run("umount", target.store.toString());
  }

  /** Whether the move was interrupted; else the torrent is at home again. */
  private boolean unmountedInTheMiddle() throws Exception {
    run("mount", "--bind", store.toString(), mount.toString());
    try (Unmount unmount = new Unmount(mount);
        Client client =
            Client.open(Subject.config().keep(state), new Startup(unmount, spec -> spec))) {
      TorrentHandle handle =
          client.torrents().isEmpty()
              ? client.add(goods.torrentFile(), AddOptions.into(home).withoutTrackers())
              : client.torrents().getFirst();
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      boolean refused = isRefused(handle);
      unmount.await();
      require(isEmpty(mount), "nothing is made in the mount point");
      if (refused) {
        TorrentSnapshot seeding = await(client, handle, s -> s.phase() == Phase.SEEDING);
        require(seeding.havePieces() == seeding.pieces(), "it goes on: " + seeding);
        require(isWhole(home), "where it was, nothing is lost");
        return true;
      }
      require(isWhole(store), "it is whole where it was brought");
      run("mount", "--bind", store.toString(), mount.toString());
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      handle.move(home).toCompletableFuture().join();
      require(isWhole(home), "it is at home again");
    }
    run("umount", mount.toString());
    return false;
  }

  /** After a restart; the other disk is back, with what was copied. */
  private void comesAlong() throws Exception {
    run("mount", "--bind", store.toString(), mount.toString());
    try (Client client = Client.open(Subject.config().keep(state))) {
      TorrentHandle handle = client.torrents().getFirst();
      TorrentSnapshot seeding = await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(seeding.havePieces() == seeding.pieces(), "it seeds at home: " + seeding);
      handle.move(mount).toCompletableFuture().join();
      await(client, handle, s -> s.phase() == Phase.SEEDING);
      require(isWhole(mount), "it is there");
      require(goods.right(home).isEmpty(), "and not where it was");
      handle.removeWithData().toCompletableFuture().join();
      require(isEmpty(mount), "nothing is left of any copy");
    }
  }

  private boolean isRefused(TorrentHandle handle) {
    try {
      handle.move(mount).toCompletableFuture().join();
      return false;
    } catch (CompletionException e) {
      require(e.getCause() instanceof ClientException, "a cause for people: " + e);
      String said = String.valueOf(e.getCause().getMessage());
      require(said.contains("mount"), "says why: " + said);
      return true;
    }
  }

  private boolean isWhole(Path folder) throws IOException {
    return goods.right(folder).cardinality() == goods.pieceCount();
  }

  /** A process that unmounts a folder as soon as a part of a move is done. */
  private static final class Unmount implements Consumer<EngineEvent>, AutoCloseable {
    private final Process process;
    private final AtomicBoolean begun = new AtomicBoolean();

    Unmount(Path mount) throws IOException {
      process =
          new ProcessBuilder("sh", "-c", "read go && umount -l \"$0\"", mount.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }

    @Override
    public void accept(EngineEvent event) {
      if (event instanceof EngineEvent.Moving && begun.compareAndSet(false, true)) {
        begin();
      }
    }

    private void begin() {
      try (OutputStream in = process.getOutputStream()) {
        in.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void await() throws InterruptedException {
      if (begun.compareAndSet(false, true)) {
        begin();
      }
      int code = process.waitFor();
      require(code == 0, "unmounting ends with " + code);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
