package sluice.client.crash;

import static sluice.client.crash.Subject.ask;
import static sluice.client.crash.Subject.done;
import static sluice.client.crash.Subject.say;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.EventStream;
import sluice.client.TorrentHandle;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/**
 * A client that is killed. Its arguments are a folder, a seed, and what it does: {@code churn}
 * adds, removes, starts and stops torrents and renames their files at random for ever, {@code
 * finish} downloads all of them. It prints each change before it asks for it ({@code ?}) and when
 * it was acknowledged ({@code =}).
 */
final class Leech {
  /** Torrents below this number are large and seldom touched. */
  static final int LARGE = 3;

  static final int TORRENTS = 9;

  /** Wishes as they are printed. */
  static final int ABSENT = -1;

  static final int STOPPED = 0;
  static final int STARTED = 1;

  /** The file of each torrent that has another name at times. */
  private static final int RENAMED = 1;

  private static final int RENAMED_PERCENT = 30;

  private static final Duration PAUSE = Duration.ofMillis(60);
  private static final int LARGE_PERCENT = 12;

  private final Client client;
  private final Path folder;
  private final Map<Integer, TorrentHandle> there = new LinkedHashMap<>();
  private final Map<Integer, byte[]> files = new LinkedHashMap<>();

  private Leech(Client client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Client client = Client.open(Subject.config(folder))) {
      Leech leech = new Leech(client, folder);
      leech.learn();
      say("open " + client.stateReport().orElseThrow().kind());
      if (arguments[2].equals("churn")) {
        leech.churn(new SplittableRandom(Long.parseLong(arguments[1])));
      } else {
        leech.finish();
      }
    }
    say("closed");
  }

  private void learn() throws Exception {
    Map<InfoHashes, Integer> numbers = Subject.numbers(folder, TORRENTS);
    for (int i = 0; i < TORRENTS; i++) {
      files.put(i, Subject.torrentFile(folder, i));
    }
    client.torrents().forEach(handle -> there.put(numbers.get(handle.hashes()), handle));
  }

  private void churn(SplittableRandom random) throws Exception {
    try (EventStream events = client.events()) {
      for (int i = 0; i < LARGE; i++) {
        if (!there.containsKey(i)) {
          add(i, true);
        }
      }
      for (int i = 0; i < LARGE; i++) {
        rename(i, true);
      }
      while (true) {
        boolean large = random.nextInt(100) < LARGE_PERCENT;
        change(large ? random.nextInt(LARGE) : random.nextInt(LARGE, TORRENTS), random);
        events.next(PAUSE);
      }
    }
  }

  private void change(int number, SplittableRandom random) {
    if (!there.containsKey(number)) {
      add(number, random.nextInt(4) > 0);
    } else if (random.nextInt(100) < RENAMED_PERCENT) {
      rename(number, random.nextInt(4) > 0);
    } else if (random.nextInt(10) < 4) {
      // Who adds it again looks for its files under their own names.
      rename(number, false);
      ask(number, ABSENT);
      there.remove(number).remove().toCompletableFuture().join();
      done(number, ABSENT);
    } else if (there.get(number).snapshot().orElseThrow().phase()
        == TorrentSnapshot.Phase.STOPPED) {
      start(number);
    } else {
      ask(number, STOPPED);
      there.get(number).stop().toCompletableFuture().join();
      done(number, STOPPED);
      if (number < LARGE) {
        start(number);
      }
    }
  }

  private void rename(int number, boolean away) {
    String name = Goods.name(RENAMED, away);
    List<String> path = List.of("t" + number, name);
    there.get(number).renameFile(RENAMED, path).toCompletableFuture().join();
  }

  private void start(int number) {
    ask(number, STARTED);
    there.get(number).start().toCompletableFuture().join();
    done(number, STARTED);
  }

  private void add(int number, boolean running) {
    AddOptions options = AddOptions.into(folder.resolve("data"));
    ask(number, running ? STARTED : STOPPED);
    there.put(number, client.add(files.get(number), running ? options : options.stopped()));
    done(number, running ? STARTED : STOPPED);
  }

  private void finish() throws Exception {
    for (int i = 0; i < TORRENTS; i++) {
      if (!there.containsKey(i)) {
        add(i, true);
      } else {
        start(i);
      }
    }
    rename(0, true);
    for (TorrentHandle handle : there.values()) {
      handle.awaitCompletion();
    }
    say("complete");
  }
}
