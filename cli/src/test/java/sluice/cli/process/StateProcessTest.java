package sluice.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import sluice.cli.CapturedConsole;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineConfig;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StateView;

/** The program with a state folder: several processes, one after the other and side by side. */
@Execution(ExecutionMode.CONCURRENT)
class StateProcessTest {
  private static final long SEED = 41;
  private static final int SIZE = 4_000_000;

  @TempDir private Path temp;
  private Path source;
  private Path copy;
  private Path state;
  private Path torrent;

  @BeforeEach
  void make() throws IOException {
    source = Files.createDirectories(temp.resolve("source"));
    copy = temp.resolve("copy");
    state = temp.resolve("state");
    torrent = temp.resolve("set.torrent");
    Path set = Files.createDirectories(source.resolve("set"));
    Random random = new Random(SEED);
    for (String name : List.of("a.bin", "b.bin")) {
      byte[] data = new byte[SIZE / 2];
      random.nextBytes(data);
      Files.write(set.resolve(name), data);
    }
    run("create", set, "-o", torrent, "--piece-size", "64K");
  }

  private SluiceProcess start(Object... words) throws IOException {
    List<Object> line = new ArrayList<>(List.of(words));
    Collections.addAll(line, "--json", "--no-tracker", "--bind", "127.0.0.1", "--port", "0");
    return SluiceProcess.start(temp, line.toArray());
  }

  /** Runs a command that does not stay; gives its output. */
  private static List<String> run(Object... words) {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run(words)).as(console.err()).isZero();
    return console.outLines();
  }

  private String listed() {
    return run("list", "--state", state, "--json").getFirst();
  }

  private static long number(String json, String key) {
    Matcher m = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
    assertThat(m.find()).as(key + " in " + json).isTrue();
    return Long.parseLong(m.group(1));
  }

  private SluiceProcess seed() throws IOException {
    return start("seed", torrent, "--dir", source);
  }

  /** Where {@code seed} accepts peers. */
  private static String peer(SluiceProcess seed) throws IOException {
    String peer = "127.0.0.1:" + number(seed.await("\"listening\""), "port");
    seed.await("\"seeding\"");
    return peer;
  }

  private void assertCopied() {
    for (String name : List.of("a.bin", "b.bin")) {
      assertThat(copy.resolve("set").resolve(name))
          .hasSameBinaryContentAs(source.resolve("set").resolve(name));
    }
  }

  /** A client that leaves a torrent in the state folder, stopped. */
  private void keepStopped() throws Exception {
    EngineConfig engine = EngineConfig.loopback();
    try (Client client = Client.open(ClientConfig.of(engine).keep(state))) {
      client.add(Files.readAllBytes(torrent), AddOptions.into(copy).withoutTrackers().stopped());
    }
  }

  @Test
  void aSecondProcessIsToldWhoHasTheStateAndListWorksBesideIt() throws Exception {
    try (SluiceProcess first = start("seed", torrent, "--dir", source, "--state", state)) {
      first.await("\"seeding\"");
      try (SluiceProcess second = start("get", torrent, "--dir", copy, "--state", state)) {
        assertThat(second.end()).isEqualTo(1);
        assertThat(second.errors())
            .contains("in use by process " + first.pid())
            .contains("end that one first, or name another folder by --state");
      }
      assertThat(listed()).contains("\"name\":\"set\"").contains("\"wanted\":\"started\"");
      assertThat(number(listed(), "done")).isEqualTo(SIZE);
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void whatWasThereWhenItWasTerminatedIsNotFetchedAgain() throws Exception {
    try (SluiceProcess seed = seed()) {
      String peer = peer(seed);
      long kept;
      try (SluiceProcess leech =
          start(
              "get",
              torrent,
              "--dir",
              copy,
              "--state",
              state,
              "--peer",
              peer,
              "--class",
              "slow weight=2 down=500K",
              "--in-class",
              "slow",
              "--upload-slots",
              "3")) {
        for (long have = 0; have < SIZE / 8; ) {
          have = number(leech.await("\"progress\""), "downloaded");
        }
        leech.terminate();
        assertThat(leech.end()).isEqualTo(143);
        kept = number(listed(), "have");
        assertThat(kept).isPositive().isLessThan(number(listed(), "pieces"));
        assertThat(listed()).contains("\"wanted\":\"started\"");
        try (StateView view = StateView.open(state)) {
          view.forEachRow(row -> {
            assertThat(row.torrent().options().bandwidthClass()).isEqualTo("slow");
            assertThat(row.torrent().options().limits().uploadSlots()).isEqualTo(3);
          });
        }
      }
      try (SluiceProcess again = start("get", "--state", state, "--peer", peer)) {
        assertThat(number(again.await("\"checked\""), "have")).isEqualTo(kept);
        assertThat(again.end()).isZero();
        assertThat(again.errors()).doesNotContain("sluice: ");
      }
    }
    assertCopied();
  }

  @Test
  void aStoppedTorrentGoesOnWhenItIsNamed() throws Exception {
    keepStopped();
    try (SluiceProcess nobody = start("get", "--state", state)) {
      assertThat(nobody.end()).isEqualTo(3);
      assertThat(nobody.errors()).contains("all kept torrents (1) are stopped; name one");
    }
    try (SluiceProcess seed = seed();
        SluiceProcess leech =
            start("get", torrent, "--dir", temp, "--state", state, "--peer", peer(seed))) {
      assertThat(leech.end()).isZero();
      assertThat(leech.errors()).contains("set: goes on in " + copy + ", where it was begun");
    }
    assertCopied();
    assertThat(listed()).contains("\"wanted\":\"started\"");
  }

  @Test
  void whatWasOnlySeededIsFetchedWhenItIsNamed() throws Exception {
    Files.createDirectories(copy.resolve("set"));
    Files.copy(source.resolve("set/a.bin"), copy.resolve("set/a.bin"));
    try (SluiceProcess partial = start("seed", torrent, "--dir", copy, "--state", state)) {
      partial.await("\"seeding\"");
      partial.terminate();
      assertThat(partial.end()).isEqualTo(143);
      assertThat(partial.errors()).contains("the others are seeded");
    }
    try (SluiceProcess seed = seed();
        SluiceProcess leech =
            start("get", torrent, "--dir", copy, "--state", state, "--peer", peer(seed))) {
      assertThat(leech.end()).isZero();
    }
    assertCopied();
  }

  @Test
  void theChoiceOfFilesIsKeptAndMayBeChanged() throws Exception {
    try (SluiceProcess seed = seed()) {
      String peer = peer(seed);
      Object[] get = {"get", torrent, "--dir", copy, "--state", state, "--peer", peer};
      try (SluiceProcess first = start(with(get, "--select", "2", "--first-last"))) {
        assertThat(first.end()).isZero();
      }
      assertThat(copy.resolve("set/a.bin")).doesNotExist();
      try (SluiceProcess same = start(get)) {
        assertThat(same.end()).isZero();
      }
      assertThat(copy.resolve("set/a.bin")).doesNotExist();
      try (SluiceProcess wrong = start(with(get, "--select", "*.avi"))) {
        assertThat(wrong.end()).isEqualTo(3);
        assertThat(wrong.errors()).contains("it has 2 files: 1 a.bin, 2 b.bin");
      }
      try (SluiceProcess more =
          start(with(get, "--select", "*", "--sequential", "--seed-time", "0s"))) {
        assertThat(more.end()).isZero();
      }
    }
    assertCopied();
    assertThat(listed()).as("it has shared enough").contains("\"wanted\":\"stopped\"");
    try (StateView view = StateView.open(state)) {
      view.forEachRow(row -> {
        assertThat(row.torrent().options().sequential()).isTrue();
        assertThat(row.torrent().options().firstAndLastFirst()).isFalse();
      });
    }
  }

  /** A wrong choice fetches nothing, not even later; then the magnet says what it selects. */
  @Test
  void aMagnetIsKeptAsItWasChosen() throws Exception {
    String magnet = "magnet:?xt=urn:btih:" + hash();
    try (SluiceProcess seed = seed()) {
      String peer = peer(seed);
      Object[] get = {"get", magnet, "--dir", copy, "--state", state, "--peer", peer};
      try (SluiceProcess wrong = start(with(get, "--select", "*.avi"))) {
        assertThat(wrong.end()).isEqualTo(3);
      }
      try (SluiceProcess kept = start("get", "--state", state, "--peer", peer)) {
        assertThat(kept.end()).isZero();
      }
      assertThat(copy.resolve("set")).doesNotExist();
      get[1] = magnet + "&so=0";
      try (SluiceProcess selecting = start(get)) {
        assertThat(selecting.end()).isZero();
      }
    }
    assertThat(copy.resolve("set/a.bin"))
        .hasSameBinaryContentAs(source.resolve("set").resolve("a.bin"));
    assertThat(copy.resolve("set/b.bin")).doesNotExist();
  }

  private String hash() throws Exception {
    return MetainfoParser.parse(Files.readAllBytes(torrent)).info().hashes().best().hex();
  }

  private static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    Collections.addAll(all, more);
    return all.toArray();
  }

  /** Loading the store's native library would take longer than all else at the start. */
  @Test
  void theStoreIsLoadedForAStateFolderOnly() throws Exception {
    assertThat(loaded()).doesNotContain("org.sqlite.").contains("sluice.client.Client ");
    assertThat(loaded("--state", state)).contains("org.sqlite.");
  }

  /** The names of the classes that a get of what is there has loaded. */
  private String loaded(Object... more) throws Exception {
    Path log = temp.resolve("classes");
    List<String> jvm = List.of("-Xlog:class+load:file=" + log);
    Object[] get = {
      "get", torrent, "--dir", source, "--no-tracker", "--bind", "127.0.0.1", "--port", "0"
    };
    try (SluiceProcess process = SluiceProcess.start(temp, jvm, with(get, more))) {
      assertThat(process.end()).as(process.errors()).isZero();
    }
    return Files.readString(log);
  }
}
