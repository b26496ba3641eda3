package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** Resume files of the real libtorrent, with and without a torrent file beside them. */
class LibtorrentImportTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String SEED =
      """
      import sys
      import libtorrent as lt
      torrent, data, out, whole = sys.argv[1:]
      session = lt.session({"listen_interfaces": "127.0.0.1:0", "enable_dht": False,
                            "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False})
      given = lt.add_torrent_params()
      given.ti = lt.torrent_info(torrent)
      given.save_path = data
      handle = session.add_torrent(given)
      while not handle.status().is_seeding:
          session.wait_for_alert(100)
          session.pop_alerts()
      handle.save_resume_data(lt.save_resume_flags_t.save_info_dict if whole == "whole" else 0)
      while True:
          session.wait_for_alert(100)
          for alert in session.pop_alerts():
              if isinstance(alert, lt.save_resume_data_alert):
                  with open(out, "wb") as file:
                      file.write(lt.write_resume_data_buf(alert.params))
                  sys.exit(0)
      """;

  @TempDir Path temp;

  private static void python(String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(PYTHON.toString(), "-c", SEED));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** What libtorrent keeps of a torrent that seeds; the data are changed unseen then. */
  private void seeded(Path data, Path resume, String name, boolean whole) throws Exception {
    byte[] torrent = TestDaemon.torrent(data, name, 300_000);
    Path file = Files.write(temp.resolve(name + ".torrent"), torrent);
    String out = resume.resolve(name + ".resume").toString();
    python(file.toString(), data.toString(), out, whole ? "whole" : "beside");
    if (!whole) {
      Files.copy(file, resume.resolve(name + ".torrent"));
    }
    FileTime time = Files.getLastModifiedTime(data.resolve(name));
    Files.write(data.resolve(name), new byte[300_000]);
    Files.setLastModifiedTime(data.resolve(name), time);
  }

  @Test
  void itsTorrentsSeedOnWithoutACheck() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON) && isThere(), "python3-libtorrent is not installed");
    Path data = Files.createDirectories(temp.resolve("data"));
    Path resume = Files.createDirectories(temp.resolve("resume files"));
    seeded(data, resume, "whole.bin", true);
    seeded(data, resume, "beside.bin", false);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"), List.of(data))) {
      HttpResponse<String> answer =
          daemon.json("POST", "/api/v1/import", Json.object().put("folder", resume.toString()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode taken = Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).path("torrents");
      assertThat(taken.findValuesAsString("problem")).containsExactly("", "");
      assertThat(taken.valueStream().mapToInt(one -> one.path("knownPieces").asInt()))
          .containsExactly(5, 5);
      TestDaemon.await(
          "both seed",
          () -> daemon.told("/api/v1/torrents?state=seeding").path("torrents").size() == 2);
      // A check would find that the data are others.
      assertThat(
              daemon
                  .json("/api/v1/torrents")
                  .path("torrents")
                  .valueStream()
                  .map(one -> one.path("name").asString() + " " + one.path("complete").asBoolean()))
          .containsExactlyInAnyOrder("whole.bin true", "beside.bin true");
    }
  }

  private static boolean isThere() throws Exception {
    Process probe =
        new ProcessBuilder(PYTHON.toString(), "-c", "import libtorrent")
            .redirectErrorStream(true)
            .start();
    probe.getOutputStream().close();
    probe.getInputStream().readAllBytes();
    return probe.waitFor() == 0;
  }
}
