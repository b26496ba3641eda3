package sluice.state;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.stream.IntStream;
import sluice.protocol.wire.PieceSet;
import sluice.state.record.Counters;
import sluice.state.record.Progress;
import sluice.state.record.Resume;
import sluice.state.record.TorrentRow;

/**
 * Changes a state until it is killed. It prints each change before it asks for it ({@code ?}) and
 * when it was acknowledged ({@code =}). A torrent's name is its number and its version. At most one
 * change of a torrent is under way.
 */
final class KillMain {
  static final int TORRENTS = 40;
  static final int METAINFO_BYTES = 3_000;
  static final int PIECES = 100;

  private final StateStore store;
  private final SplittableRandom random;
  private final Map<Integer, Known> known = new LinkedHashMap<>();

  private record Known(long id, int version, PieceSet pieces) {}

  private KillMain(StateStore store, long seed) {
    this.store = store;
    random = new SplittableRandom(seed);
  }

  public static void main(String[] arguments) {
    StateStore store = StateStore.open(Path.of(arguments[0]), Samples.QUICK);
    KillMain main = new KillMain(store, Long.parseLong(arguments[1]));
    store.reads().forEachRow(main::learn);
    store.reads().forEachJournal(main::learn);
    say("open " + store.start().kind());
    while (true) {
      main.round();
    }
  }

  static int number(TorrentRow row) {
    return Integer.parseInt(row.torrent().name().split("/")[0]);
  }

  static int version(TorrentRow row) {
    return Integer.parseInt(row.torrent().name().split("/")[1]);
  }

  private void learn(TorrentRow row) {
    PieceSet have = store.reads().resume(row.id()).map(Resume::have).orElse(new PieceSet(PIECES));
    known.put(number(row), new Known(row.id(), version(row), have));
  }

  private void learn(long id, int[] journal) {
    for (Known torrent : known.values()) {
      if (torrent.id() == id) {
        IntStream.of(journal).forEach(torrent.pieces()::set);
      }
    }
  }

  private void round() {
    Phaser all = new Phaser(1);
    int first = random.nextInt(TORRENTS);
    int count = random.nextInt(1, 12);
    for (int i = 0; i < count; i++) {
      all.register();
      change((first + i) % TORRENTS).whenComplete((done, failed) -> all.arriveAndDeregister());
    }
    all.arriveAndAwaitAdvance();
  }

  private CompletionStage<?> change(int number) {
    Known torrent = known.get(number);
    if (torrent == null) {
      String change = number + " 0";
      say("? " + change);
      return store
          .add(
              Samples.torrent(number).withName(number + "/0"),
              Samples.metainfo(number, METAINFO_BYTES))
          .thenAccept(id -> {
            say("= " + change);
            known.put(number, new Known(id, 0, new PieceSet(PIECES)));
          });
    }
    return switch (random.nextInt(8)) {
      case 0 -> {
        known.remove(number);
        say("? " + number + " -1");
        yield acknowledged("= " + number + " -1", store.remove(torrent.id()));
      }
      case 1, 2 -> {
        int version = torrent.version() + 1;
        known.put(number, new Known(torrent.id(), version, torrent.pieces()));
        String change = number + " " + version;
        say("? " + change);
        yield acknowledged("= " + change, store.rename(torrent.id(), number + "/" + version));
      }
      case 3 ->
          acknowledged(
              "c",
              store.checkpoint(
                  torrent.id(),
                  new Resume(
                      torrent.pieces().copy(),
                      java.util.List.of(),
                      Optional.empty(),
                      0,
                      java.util.List.of()),
                  new Progress(torrent.pieces().count(), torrent.pieces().count()),
                  Counters.ZERO));
      default -> written(number, torrent);
    };
  }

  private CompletionStage<?> written(int number, Known torrent) {
    int piece = torrent.pieces().nextClear(0);
    if (piece < 0) {
      return CompletableFuture.completedStage("");
    }
    return store
        .written(torrent.id(), piece)
        .thenRun(() -> {
          torrent.pieces().set(piece);
          say("p " + number + " " + piece);
        });
  }

  private static CompletionStage<?> acknowledged(String line, CompletionStage<?> stage) {
    return stage.thenRun(() -> say(line));
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.print(line + "\n");
      System.out.flush();
    }
  }
}
