package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/**
 * A client that moves, renames and deletes files is killed, half of the times at fault points. No
 * byte of a torrent is lost, no file of others is touched, every torrent is where it was
 * acknowledged or asked to be, and the next start ends what was begun. {@code sluice.kill.seed}
 * repeats a run, {@code sluice.kill.points} prolongs it.
 */
class PlaceKillTest {
  private static final int POINTS = 3;
  private static final int KILLS_OF_ROUND = 4;
  private static final int MAX_MILLIS = 1_500;

  private static final int LARGE_BYTES = 24 << 20;
  private static final int SMALL_BYTES = 1 << 20;

  /** Labels, each with the most passings before the kill. */
  private static final List<Map.Entry<String, Integer>> LABELS =
      List.of(
          Map.entry("client-intended", 12),
          Map.entry("client-moved", 12),
          Map.entry("client-placed", 12),
          Map.entry("client-settled", 12),
          Map.entry("client-erased", 1),
          Map.entry("client-forgotten", 1),
          Map.entry("state-after-commit", 60));

  private final long seed = Long.getLong("sluice.kill.seed", 20_261_125L);
  private final int points = Integer.getInteger("sluice.kill.points", POINTS);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Killer killer = new Killer();
  private final int[] asked = new int[Mover.TORRENTS];
  private final int[] acknowledged = new int[Mover.TORRENTS];
  private int changes;

  @TempDir Path temp;

  @Test
  void noByteIsLostAndNoFileIsForgotten() throws Exception {
    System.out.println("place kill test, seed " + seed + ", points " + points);
    Path other = Path.of("/dev/shm");
    Path far =
        Files.isWritable(other)
            ? Files.createTempDirectory(other, "sluice-places")
            : Files.createDirectories(temp.resolve("far"));
    try {
      for (int done = 0, round = 0; done < points; round++) {
        int kills = Math.min(points - done, KILLS_OF_ROUND);
        Path folder = Files.createDirectories(temp.resolve("round" + round));
        List<Path> places =
            List.of(folder.resolve("home"), folder.resolve("near"), far.resolve("r" + round));
        round(folder, places, done, kills);
        done += kills;
      }
    } finally {
      killer.close();
      delete(far);
    }
    System.out.println(changes + " moves and removals were acknowledged");
    assertThat(changes).isPositive();
  }

  private void round(Path folder, List<Path> places, int first, int kills) throws Exception {
    List<Goods> goods = goods(folder, places.getFirst());
    List<Path> foreign = foreign(places);
    Map<Integer, List<byte[]>> contents = contents(places.getFirst());
    Arrays.fill(asked, 0);
    Arrays.fill(acknowledged, 0);
    for (int point = first; point < first + kills; point++) {
      Killer.Kill kill = Killer.Kill.draw(random, LABELS, point, MAX_MILLIS);
      String what = "seed " + seed + ", point " + point + ", fault " + kill.fault();
      run(folder, places, "churn", kill, what);
      verify(folder, places, goods, contents, what);
      assertThat(foreign).as(what).allSatisfy(f -> assertThat(f).hasContent("not the torrent's"));
    }
    String what = "seed " + seed + ", end after point " + (first + kills - 1);
    List<String> lines = run(folder, places, "settle", new Killer.Kill("", 60_000), what);
    assertThat(lines).as(what).contains("complete", "closed");
    for (Goods each : goods) {
      boolean gone = !lines.contains("home " + each.number());
      assertThat(
              gone
                  && acknowledged[each.number()] != Mover.GONE
                  && asked[each.number()] != Mover.GONE)
          .as("%s, torrent %s is lost", what, each.number())
          .isFalse();
      assertThat(each.right(places.getFirst()).cardinality())
          .as("%s, torrent %s", what, each.number())
          .isEqualTo(gone ? 0 : each.pieceCount());
    }
    for (Path place : places) {
      assertThat(files(place))
          .as("%s: only what belongs there", what)
          .allSatisfy(file -> {
            boolean others = file.endsWith("foreign");
            assertThat(
                    others
                        || (place.equals(places.getFirst())
                            && file.getFileName().toString().startsWith("f")))
                .as(file.toString())
                .isTrue();
          });
    }
  }

  private static List<Goods> goods(Path folder, Path home) throws Exception {
    List<Goods> goods = new ArrayList<>();
    for (int i = 0; i < Mover.TORRENTS; i++) {
      int bytes = i == 0 ? LARGE_BYTES : SMALL_BYTES;
      Goods made = Goods.make(home, i, bytes, 1 << 16, "http://127.0.0.1:9/announce");
      Files.write(folder.resolve(i + ".torrent"), made.torrentFile());
      goods.add(made);
    }
    return goods;
  }

  /** Files of others beside those of the torrents. */
  private static List<Path> foreign(List<Path> places) throws Exception {
    List<Path> foreign = new ArrayList<>();
    for (Path place : places) {
      for (int i = 0; i < Mover.TORRENTS; i++) {
        Path own = Files.createDirectories(place.resolve("t" + i));
        foreign.add(Files.writeString(own.resolve("foreign"), "not the torrent's"));
      }
    }
    return foreign;
  }

  private static Map<Integer, List<byte[]>> contents(Path home) throws Exception {
    Map<Integer, List<byte[]>> contents = new HashMap<>();
    for (int i = 0; i < Mover.TORRENTS; i++) {
      List<byte[]> files = new ArrayList<>();
      for (int file = 0; file < Mover.FILES; file++) {
        files.add(Files.readAllBytes(home.resolve("t" + i).resolve("f" + file)));
      }
      contents.put(i, files);
    }
    return contents;
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /**
   * Each torrent that is not to be deleted has all its bytes somewhere, and is where it is to be.
   */
  private void verify(
      Path folder,
      List<Path> places,
      List<Goods> goods,
      Map<Integer, List<byte[]>> contents,
      String what)
      throws Exception {
    Map<String, String> paths =
        paths(folder.resolve("state"), Files.createDirectories(folder.resolve("copy")));
    for (Goods each : goods) {
      int number = each.number();
      String path = paths.get(each.hashes().v1().orElseThrow().hex());
      int place = path == null ? Mover.GONE : places.indexOf(Path.of(path));
      boolean deleting = asked[number] == Mover.GONE;
      if (!deleting || path == null || acknowledged[number] == Mover.GONE) {
        assertThat(place)
            .as("%s, torrent %s is recorded in %s", what, number, path)
            .isIn(asked[number], acknowledged[number]);
      }
      for (int file = 0; file < Mover.FILES && !deleting; file++) {
        byte[] content = contents.get(number).get(file);
        assertThat(isSomewhere(places, number, file, content))
            .as("%s, torrent %s, file %s", what, number, file)
            .isTrue();
      }
    }
  }

  private static boolean isSomewhere(List<Path> places, int number, int file, byte[] content)
      throws Exception {
    for (Path place : places) {
      for (String own : List.of("t" + number, "x" + number, "r" + number + "/deep")) {
        Path at = place.resolve(own).resolve("f" + file);
        if (Files.exists(at) && Arrays.equals(Files.readAllBytes(at), content)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The folder of each torrent, by the hex form of its hash, read by plain SQL from a copy. */
  private static Map<String, String> paths(Path state, Path copy) throws Exception {
    for (String name : new String[] {"state.db", "state.db-wal"}) {
      Files.deleteIfExists(copy.resolve(name));
      if (Files.exists(state.resolve(name))) {
        Files.copy(state.resolve(name), copy.resolve(name));
      }
    }
    Map<String, String> paths = new HashMap<>();
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + copy.resolve("state.db"), new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT v1, path FROM torrent")) {
      while (row.next()) {
        paths.put(HexFormat.of().formatHex(row.getBytes(1)), row.getString(2));
      }
    }
    return paths;
  }

  /** Runs the mover until it is killed or ends; gives what it said beside its wishes. */
  private List<String> run(
      Path folder, List<Path> places, String mode, Killer.Kill kill, String what) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(folder.toString(), Long.toString(random.nextLong()), mode));
    places.forEach(place -> arguments.add(place.toString()));
    boolean dies = mode.equals("churn");
    // While it churns, the time to a kill counts from the first change that is acknowledged.
    String begins = dies ? "=" : "open";
    return killer.run(
        new Killer.Task(Mover.class, arguments, begins, dies, folder.resolve("errors"), what),
        kill,
        this::note);
  }

  private boolean note(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "?" -> {
        int number = Integer.parseInt(words[1]);
        // A removal that was begun ends at the next start, whatever is asked for then.
        asked[number] = asked[number] == Mover.GONE ? Mover.GONE : Integer.parseInt(words[2]);
      }
      case "=" -> {
        acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
        changes++;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
