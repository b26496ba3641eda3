package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.cli.wiring.StateProblem;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StateStore;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.Counters;
import sluice.state.record.Progress;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.Wanted;

class ListCommandTest {
  private static final int MIB = 1 << 20;

  private final CapturedConsole console = new CapturedConsole();
  @TempDir private Path temp;

  @Test
  void torrentsAreListedWhileAnotherHasTheState() {
    try (StateStore store = StateStore.open(temp)) {
      add(store, "fi\u001blm", new Content(4 * MIB, 4), Wanted.STARTED, 3 * MIB, 6 * MIB);
      add(store, "book", Content.UNKNOWN, Wanted.STOPPED, 0, 0);
      assertThat(console.run("list", "--state", temp)).isZero();
      assertThat(console.run("list", "--json", "--state", temp)).isZero();
    }
    assertThat(console.outLines())
        .containsExactly(
            " DONE       SIZE  WANTED   RATIO  NAME  (FOLDER)",
            "  75%    4.0 MiB  started   1.50  fi\\u001blm  (/data)",
            "    -          -  stopped      -  book  (/data)",
            "{\"id\":1,\"name\":\"fi\\u001blm\",\"info_hash_v1\":\""
                + hash("fi\u001blm").hex()
                + "\",\"size\":4194304,\"done\":3145728,\"pieces\":4,\"have\":3,\"wanted\":\"started\","
                + "\"downloaded\":3145728,\"uploaded\":6291456,\"ratio\":1.500,\"folder\":\"/data\"}",
            "{\"id\":2,\"name\":\"book\",\"info_hash_v1\":\""
                + hash("book").hex()
                + "\",\"wanted\":\"stopped\",\"downloaded\":0,\"uploaded\":0,\"folder\":\"/data\"}");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void aFolderWithoutStateIsNotFoundAndStaysAsItIs() {
    assertThat(console.run("list", "--state", temp.resolve("none"))).isEqualTo(3);
    assertThat(console.err()).contains("no torrents are kept in").contains("by --state");
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  void damageSaysWhatToDo() throws IOException {
    Files.writeString(temp.resolve("state.db"), "not SQLite ".repeat(500));
    assertThat(console.run("list", "--state", temp)).isEqualTo(6);
    assertThat(console.err()).contains("put a backup of").contains("add the torrents again");
  }

  @Test
  void everyKindOfFaultNamesAWayOut() {
    for (StateException.Kind kind : StateException.Kind.values()) {
      assertThat(StateProblem.of(temp, new StateException(kind, "it failed")))
          .hasMessageStartingWith("it failed");
    }
    assertThat(StateProblem.of(temp, new StateException(StateException.Kind.LOCKED, "in use")))
        .hasMessageContaining("end that one first");
  }

  private static Hash hash(String name) {
    return Hash.sha1(name.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(
      StateStore store, String name, Content content, Wanted wanted, long done, long sent) {
    Torrent torrent =
        new Torrent(
            new InfoHashes(Optional.of(hash(name)), Optional.empty()),
            name,
            content,
            0,
            wanted,
            0,
            "/data",
            TorrentOptions.DEFAULT);
    long id =
        store
            .add(torrent, new Source.MagnetLink("magnet:?xt=urn:btih:" + hash(name).hex()))
            .toCompletableFuture()
            .join();
    Progress progress = new Progress(done, (int) (done / MIB));
    Counters counters = new Counters(sent, done, 0, 0, 0, 0, 0, 0);
    store.count(id, progress, counters).toCompletableFuture().join();
  }
}
