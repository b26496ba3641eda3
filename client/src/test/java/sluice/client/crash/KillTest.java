package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;

/**
 * A client that downloads, is given wishes and renames files is killed, half of the times at fault
 * points. What it acknowledged is there, what is recorded as there is right on disk, and in the end
 * all is. {@code sluice.kill.seed} repeats a run, {@code sluice.kill.points} prolongs it.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final int POINTS = 4;

  /** What is left after them is downloaded in peace, and then all is compared. */
  private static final int KILLS_OF_ROUND = 8;

  private static final int MAX_MILLIS = 3_000;

  /**
   * Slow enough that a leech on a busy machine keeps up: what waits in the system's buffers when it
   * is killed was sent, and will be sent again, but has never been in its hands.
   */
  private static final int BYTES_PER_SECOND = 8 << 20;

  private static final int LARGE_BYTES = Integer.getInteger("sluice.kill.mebibytes", 32) << 20;
  private static final int SMALL_BYTES = 1 << 20;
  private static final double MAX_PERCENT_TWICE = 2;

  /** Labels, each with the most passings before the kill. */
  private static final List<Map.Entry<String, Integer>> LABELS =
      List.of(
          Map.entry("client-written", 200),
          Map.entry("client-forced", 12),
          Map.entry("client-recorded", 12),
          Map.entry("client-wish", 12),
          Map.entry("client-added", 6),
          Map.entry("state-before-commit", 30),
          Map.entry("state-after-commit", 30));

  private final long seed = Long.getLong("sluice.kill.seed", 20_261_125L);
  private final int points = Integer.getInteger("sluice.kill.points", POINTS);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<Goods> goods = new ArrayList<>();
  private final Wishes wishes = new Wishes(Leech.TORRENTS);
  private final Losses losses = new Losses();
  private final Killer killer = new Killer();
  private int renamed;

  @TempDir Path temp;

  @Test
  void nothingIsLostAndNothingIsWrong() throws Exception {
    System.out.println("client kill test, seed " + seed + ", points " + points);
    EngineConfig engine = EngineConfig.loopback().limits(0, BYTES_PER_SECOND);
    Path source = temp.resolve("source");
    try (Client seeder = Client.open(ClientConfig.of(engine));
        StubTracker tracker = new StubTracker(seeder.port())) {
      for (int i = 0; i < Leech.TORRENTS; i++) {
        boolean large = i < Leech.LARGE;
        Goods made =
            Goods.make(
                source,
                i,
                large ? LARGE_BYTES : SMALL_BYTES,
                large ? 1 << 18 : 1 << 16,
                tracker.url());
        goods.add(made);
        AddOptions options = AddOptions.into(source).withoutTrackers();
        seeder.add(made.torrentFile(), options).awaitCompletion();
      }
      for (int done = 0, round = 0; done < points; round++) {
        int kills = Math.min(points - done, KILLS_OF_ROUND);
        round(seeder, Files.createDirectories(temp.resolve("round" + round)), done, kills);
        done += kills;
      }
    } finally {
      killer.close();
    }
    System.out.println(losses.report(totalBytes(), wishes.acknowledged()));
    System.out.println(renamed + " times a file was renamed when the client was killed");
    assertThat(wishes.acknowledged()).as("acknowledged wishes").isGreaterThan(points);
    assertThat(losses.averagePercent(totalBytes())).isLessThanOrEqualTo(MAX_PERCENT_TWICE);
  }

  private void round(Client seeder, Path folder, int first, int kills) throws Exception {
    wishes.forget();
    for (Goods each : goods) {
      Files.write(folder.resolve(each.number() + ".torrent"), each.torrentFile());
    }
    losses.begin(uploaded(seeder));
    for (int point = first; point < first + kills; point++) {
      Killer.Kill kill = Killer.Kill.draw(random, LABELS, point, MAX_MILLIS);
      String what = "seed " + seed + ", point " + point + ", fault " + kill.fault();
      run(folder, "churn", kill, what);
      long kept = verify(folder, what);
      losses.add(uploaded(seeder) - kept, what);
      System.out.println(what + ", " + losses.last());
    }
    String what = "seed " + seed + ", end after point " + (first + kills - 1);
    List<String> lines = run(folder, "finish", new Killer.Kill("", 120_000), what);
    assertThat(lines).as(what).contains("complete", "closed");
    for (Goods each : goods) {
      assertThat(each.right(folder.resolve("data")).cardinality())
          .as("%s, torrent %s", what, each.number())
          .isEqualTo(each.pieceCount());
      assertThat(each.hasTwoNames(folder.resolve("data"))).as("%s, two names", what).isFalse();
    }
    assertThat(goods.getFirst().renamed(folder.resolve("data"))).as(what).isEqualTo(1);
    losses.end(uploaded(seeder) - totalBytes());
    delete(folder);
  }

  /** Runs the leech until it is killed or ends; gives what it said beside its wishes. */
  private List<String> run(Path folder, String mode, Killer.Kill kill, String what)
      throws Exception {
    List<String> arguments = List.of(folder.toString(), Long.toString(random.nextLong()), mode);
    boolean dies = mode.equals("churn");
    return killer.run(
        new Killer.Task(Leech.class, arguments, "open", dies, folder.resolve("errors"), what),
        kill,
        wishes::note);
  }

  /** Gives how many bytes need not be fetched again. */
  private long verify(Path folder, String what) throws Exception {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Map<String, KeptState.Row> rows = KeptState.read(folder.resolve("state"), copy);
    long kept = 0;
    for (Goods each : goods) {
      String which = what + ", torrent " + each.number();
      KeptState.Row row = rows.remove(each.hashes().v1().orElseThrow().hex());
      int found = row == null ? Leech.ABSENT : row.stopped() ? Leech.STOPPED : Leech.STARTED;
      wishes.found(each.number(), found, which);
      BitSet right = each.right(folder.resolve("data"));
      renamed += each.renamed(folder.resolve("data"));
      if (row != null && row.have().isPresent()) {
        BitSet have = row.have().get();
        BitSet wrong = (BitSet) have.clone();
        wrong.andNot(right);
        assertThat(wrong.cardinality())
            .as("%s, recorded and not on disk: %s", which, wrong)
            .isZero();
        have.or(row.journal());
        right.and(have);
      }
      kept += each.bytes(right);
    }
    assertThat(rows).as(what).isEmpty();
    return kept;
  }

  /** All that was sent, once nobody is connected. */
  private static long uploaded(Client seeder) {
    List<TorrentSnapshot> snapshot = seeder.snapshot();
    while (snapshot.stream().anyMatch(torrent -> torrent.peers() > 0)) {
      Thread.onSpinWait();
      snapshot = seeder.snapshot();
    }
    return snapshot.stream().mapToLong(TorrentSnapshot::uploaded).sum();
  }

  private long totalBytes() {
    return goods.stream().mapToLong(Goods::bytes).sum();
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
