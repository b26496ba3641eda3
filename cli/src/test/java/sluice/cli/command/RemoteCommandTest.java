package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.cli.ExitCode;
import sluice.cli.remote.DaemonCall;
import sluice.cli.wiring.DaemonFiles;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.daemon.Daemon;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;

/** The commands that ask a daemon, and a daemon with a seed in its swarm. */
class RemoteCommandTest {
  private static final int SIZE = 300_000;

  @TempDir private Path temp;
  private CapturedConsole console = new CapturedConsole();
  private Path state;
  private Path config;
  private Path torrent;
  private Daemon daemon;

  @BeforeEach
  void start() throws IOException {
    Path data = Files.createDirectories(temp.resolve("source/set"));
    byte[] bytes = new byte[SIZE];
    new Random(8).nextBytes(bytes);
    Files.write(data.resolve("a.bin"), bytes);
    Files.writeString(data.resolve("b.txt"), "b");
    torrent = temp.resolve("set.torrent");
    new CapturedConsole().run("create", data, "-o", torrent, "--piece-size", "16K");
    config =
        Files.writeString(
            temp.resolve("config.toml"),
            "downloads = \"%s\"\nfolders = [\"%s\"]\n[network]\nport = 0\n"
                    .formatted(temp.resolve("downloads"), temp.resolve("films"))
                + "bind = \"127.0.0.1\"\ndht = false\nlsd = false\n[web]\nport = 0\n");
    state = temp.resolve("state");
    daemon = Daemon.start(DaemonFiles.settings(Optional.of(config), Optional.of(state)));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  /** Runs a command on the daemon, which is to succeed, and gives what it printed. */
  private String run(Object... words) {
    List<Object> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--state", state));
    console = new CapturedConsole();
    assertThat(console.run(line.toArray())).as("%s: %s", line, console.err()).isZero();
    return console.out();
  }

  private int code(Object... words) {
    console = new CapturedConsole();
    return console.run(words);
  }

  @Test
  void aTorrentIsAddedWatchedMovedAndRemoved() throws Exception {
    String added =
        run("add", torrent, "--stopped", "--category", "sets", "--tag", "x", "--tag", "y");
    assertThat(added).matches("added [0-9a-f]{40} set\\R");
    String id = added.substring(6, 16);
    assertThat(run("add", torrent)).startsWith("known ");
    assertThat(run("list")).contains("ID", id, "0%", "stopped", "293.0 KiB", "set");
    assertThat(run("list", "--only", "seeding")).doesNotContain(id);
    assertThat(run("list", "--tag", "y", "--sort", "-size", "--json"))
        .contains("\"category\":\"sets\"", "\"tags\":[\"x\",\"y\"]");

    assertThat(run("files", "set")).contains("1", "set/a.bin", "2", "set/b.txt", "normal");
    assertThat(run("files", id, "--skip", "all", "--high", "1")).contains("high", "skip");
    assertThat(run("files", id, "--normal", "1-", "--json"))
        .contains("\"priority\":\"normal\"")
        .doesNotContain("skip");
    limits(id);

    InetAddress here = InetAddress.getLoopbackAddress();
    try (Client seed =
        Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))))) {
      seed.add(Files.readAllBytes(torrent), AddOptions.into(temp.resolve("source")))
          .awaitCompletion();
      assertThat(run("start", id)).isEqualTo("started " + id + " set" + System.lineSeparator());
      run("peers", id, "--add", "127.0.0.1:" + seed.port());
      assertThat(run("watch", "set", "--complete")).contains(id + "  100%");
      assertThat(run("watch", "--complete", "--json")).startsWith("{\"full\":true");
      assertThat(run("peers", id)).contains("DONE", "CLIENT", "ADDRESS");
    }
    assertThat(run("move", id, "--to", temp.resolve("films"))).startsWith("moved " + id);
    assertThat(temp.resolve("films/set/a.bin")).hasSize(SIZE);
    assertThat(run("stop", "--all", "--json")).contains("\"event\":\"stopped\"");
    assertThat(run("list", "--only", "stopped")).contains("100%", "set");
    copies(id);
  }

  private void limits(String id) {
    run("limits", "--down", "2M", "--ratio", "1.5", "--seed-time", "2h", "--peers", "50");
    assertThat(run("limits")).contains("2.0 MiB/s", "1.5", "120 min", "50", "none");
    run("limits", "--down", "0");
    assertThat(run("limits", "--json")).contains("\"down-limited\":false");
    run("limits", id, "--down", "9M", "--up", "500K", "--ratio", "2", "--idle-time", "10m");
    assertThat(run("limits", id)).contains("9.0 MiB/s", "500.0 KiB/s");
    assertThat(run("limits", id, "--json")).contains("\"upLimit\":512000");
  }

  /** A copy of everything brings back what was removed. */
  private void copies(String id) throws IOException {
    Path zip = temp.resolve("copy.zip");
    assertThat(run("backup", zip)).isEqualTo("wrote " + zip + System.lineSeparator());
    unpack(zip, temp.resolve("copy"));
    assertThat(run("rm", id)).startsWith("removed " + id);
    assertThat(run("list")).doesNotContain(id);
    assertThat(temp.resolve("films/set/a.bin")).hasSize(SIZE);
    assertThat(run("import", temp.resolve("copy"))).contains(id);
    assertThat(run("list")).contains("100%", "stopped", "set");
    restored(zip, id);
    assertThat(run("rm", "--all", "--data")).startsWith("removed");
    assertThat(temp.resolve("films/set/a.bin")).doesNotExist();
  }

  /** In a folder that nobody has used, the next daemon has everything that the copy has. */
  private void restored(Path zip, String id) throws IOException {
    assertThat(code("restore", zip, "--state", state)).isEqualTo(ExitCode.FAILED.code());
    assertThat(console.err()).contains("has been used");
    Path other = temp.resolve("other");
    assertThat(code("restore", torrent, "--state", other)).isEqualTo(ExitCode.FAILED.code());
    assertThat(console.err()).contains("is no backup");
    assertThat(code("restore", zip, "--state", other)).isZero();
    assertThat(console.out()).startsWith("1 torrent waits for the daemon of " + other);
    daemon.close();
    state = other;
    daemon = Daemon.start(DaemonFiles.settings(Optional.of(config), Optional.of(state)));
    assertThat(run("list", "--tag", "y")).contains(id, "100%", "stopped", "set");
    assertThat(run("limits")).contains("1.5", "120 min");
    assertThat(other.resolve("restore")).doesNotExist();
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
  }

  @Test
  void anotherMachineIsAskedByAddressAndKey() throws IOException {
    String secret =
        DaemonCall.need(state)
            .send("POST", "/api/v1/keys", Map.of("name", "reader", "scopes", List.of("read")))
            .text("secret");
    Path key = Files.writeString(temp.resolve("key"), secret + "\n");
    assertThat(code("list", "--url", daemon.url(), "--key-file", key)).isZero();
    assertThat(console.out()).startsWith("ID ");
    assertThat(code("add", torrent, "--url", daemon.url(), "--key-file", key)).isEqualTo(5);
    Files.writeString(key, "wrong");
    assertThat(code("list", "--url", daemon.url(), "--key-file", key)).isEqualTo(5);
    assertThat(code("list", "--url", daemon.url())).isEqualTo(2);
    assertThat(code("list", "--url", "ftp://x", "--key-file", key)).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    assertThat(code("rm", "nothing", "--state", state)).isEqualTo(3);
    assertThat(console.err()).contains("no torrent 'nothing'");
    assertThat(code("rm", "--state", state)).isEqualTo(2);
    assertThat(code("add", temp.resolve("none.torrent"), "--state", state)).isEqualTo(3);
    Path broken = Files.writeString(temp.resolve("broken.torrent"), "no torrent");
    assertThat(code("add", broken, "--state", state)).isEqualTo(6);
    assertThat(code("add", torrent, "--dir", "/etc", "--state", state)).isEqualTo(5);
    assertThat(code("watch", "--state", temp.resolve("other"))).isEqualTo(4);
    run("add", torrent, "--stopped");
    assertThat(code("files", "set", "--high", "3", "--state", state)).isEqualTo(2);
    assertThat(console.err()).contains("there are files 1 to 2");
    daemon.close();
    run("list");
    assertThat(console.out()).contains("WANTED", "stopped", "set");
  }
}
