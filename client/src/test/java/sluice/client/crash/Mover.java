package sluice.client.crash;

import static sluice.client.crash.Subject.ask;
import static sluice.client.crash.Subject.done;
import static sluice.client.crash.Subject.say;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientException;
import sluice.client.TorrentHandle;
import sluice.protocol.metainfo.InfoHashes;

/**
 * A client that is killed while it moves, renames and deletes files of torrents that are complete.
 * Its arguments are a folder, a seed, what it does, and the folders between which torrents are
 * moved, the first of which is their home: {@code churn} changes them at random for ever, {@code
 * settle} brings all of them home under their own names. It prints where each is to be before it
 * asks for it ({@code ?}) and when it was acknowledged ({@code =}).
 */
final class Mover {
  static final int TORRENTS = 4;
  static final int FILES = 3;

  /** Where a torrent is that was deleted. */
  static final int GONE = -1;

  private static final int ERASED_PERCENT = 4;
  private static final int PATIENCE_SECONDS = 20;

  private final Client client;
  private final List<Path> places;
  private final Map<Integer, TorrentHandle> there = new LinkedHashMap<>();

  private Mover(Client client, List<Path> places) {
    this.client = client;
    this.places = places;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Client client = Client.open(Subject.config(folder))) {
      Mover mover =
          new Mover(
              client,
              List.of(arguments).subList(3, arguments.length).stream().map(Path::of).toList());
      mover.learn(folder);
      say("open");
      if (arguments[2].equals("churn")) {
        mover.churn(new SplittableRandom(Long.parseLong(arguments[1])));
      } else {
        mover.settle();
      }
    }
    say("closed");
  }

  private void learn(Path folder) throws Exception {
    Map<InfoHashes, Integer> numbers = Subject.numbers(folder, TORRENTS);
    boolean first = client.torrents().isEmpty() && Files.notExists(folder.resolve("begun"));
    for (int i = 0; i < TORRENTS && first; i++) {
      byte[] file = Subject.torrentFile(folder, i);
      client.add(file, AddOptions.into(places.getFirst()).withoutTrackers()).awaitCompletion();
    }
    Files.write(folder.resolve("begun"), new byte[0]);
    client.torrents().forEach(handle -> there.put(numbers.get(handle.hashes()), handle));
  }

  private void churn(SplittableRandom random) {
    while (!there.isEmpty()) {
      int number = List.copyOf(there.keySet()).get(random.nextInt(there.size()));
      try {
        change(number, there.get(number), random);
      } catch (CompletionException e) {
        // Its removal was begun before a kill, and has ended.
        if (there.remove(number).snapshot().isPresent()) {
          throw e;
        }
        done(number, GONE);
      }
    }
    // All are deleted: waits for the end.
    while (true) {
      Thread.onSpinWait();
    }
  }

  private void change(int number, TorrentHandle handle, SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < ERASED_PERCENT) {
      ask(number, GONE);
      handle.removeWithData().toCompletableFuture().join();
      there.remove(number);
      done(number, GONE);
    } else if (kind < 50) {
      int place = random.nextInt(places.size());
      ask(number, place);
      handle.move(places.get(place)).toCompletableFuture().join();
      done(number, place);
    } else if (kind < 75) {
      rename(number, handle, random.nextBoolean());
    } else if (kind < 90) {
      int file = random.nextInt(FILES);
      tried(handle, file, List.of((random.nextBoolean() ? "t" : "x") + number, "f" + file));
    } else {
      handle.stop().toCompletableFuture().join();
      if (random.nextBoolean()) {
        handle.start().toCompletableFuture().join();
      }
    }
  }

  /** There may be nothing to be renamed. */
  private static void rename(int number, TorrentHandle handle, boolean away) {
    List<String> home = List.of("t" + number);
    List<String> other = List.of("r" + number, "deep");
    try {
      handle.renameFolder(away ? home : other, away ? other : home).toCompletableFuture().join();
    } catch (CompletionException e) {
      requireKnown(e);
    }
  }

  private static void tried(TorrentHandle handle, int file, List<String> path) {
    try {
      handle.renameFile(file, path).toCompletableFuture().join();
    } catch (CompletionException e) {
      requireKnown(e);
    }
  }

  private static void requireKnown(CompletionException e) {
    if (!(e.getCause() instanceof ClientException)) {
      throw e;
    }
  }

  private void settle() throws Exception {
    for (Map.Entry<Integer, TorrentHandle> each : there.entrySet()) {
      int number = each.getKey();
      TorrentHandle handle = each.getValue();
      if (handle.snapshot().isEmpty()) {
        continue;
      }
      try {
        say("moves " + number + " " + handle.snapshot());
        handle.move(places.getFirst()).toCompletableFuture().join();
        say("renames " + number + " " + handle.snapshot());
        for (int file = 0; file < FILES; file++) {
          List<String> path = List.of("t" + number, "f" + file);
          handle.renameFile(file, path).toCompletableFuture().join();
        }
        handle.start().toCompletableFuture().join();
        try {
          handle.completion().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          throw new IllegalStateException("torrent " + number + ": " + handle.snapshot(), e);
        }
        say("home " + number);
      } catch (CompletionException e) {
        if (handle.snapshot().isPresent()) {
          throw e;
        }
      }
    }
    say("complete");
  }
}
