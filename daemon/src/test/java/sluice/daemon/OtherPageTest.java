package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.config.NoticeSettings;

/** A page of others in place of ours: its files are served, and nothing beside them. */
class OtherPageTest {
  @TempDir Path temp;

  private TestDaemon daemon(Path page) throws Exception {
    return new TestDaemon(
        temp.resolve("daemon"),
        Optional.empty(),
        List.of(),
        Optional.of(page),
        NoticeSettings.NOBODY);
  }

  /** It is laid out as VueTorrent is. */
  private Path page() throws Exception {
    Path page = temp.resolve("vuetorrent");
    Path files = Files.createDirectories(page.resolve("public/assets"));
    Files.writeString(page.resolve("public/index.html"), "<title>other</title>");
    Files.writeString(files.resolve("app.js"), "start()");
    Files.writeString(page.resolve("secret"), "hidden");
    Files.writeString(temp.resolve("outside"), "hidden");
    Files.createSymbolicLink(files.resolve("way.js"), temp.resolve("outside"));
    Files.createSymbolicLink(files.resolve("up"), temp);
    return page;
  }

  @Test
  void itsFilesAreServedBesideTheApis() throws Exception {
    try (TestDaemon daemon = daemon(page())) {
      for (String start : List.of("/", "/transmission/web/")) {
        HttpResponse<String> first = daemon.get(start);
        assertThat(first.body()).contains("<title>other</title>");
        assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(first.headers().firstValue("Content-Security-Policy").orElse(""))
            .contains("frame-ancestors 'none'");
        HttpResponse<String> script = daemon.get(start + "assets/app.js");
        assertThat(script.body()).isEqualTo("start()");
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript");
      }
      assertThat(daemon.get("/api/v2/app/webapiVersion").body()).isEqualTo("2.11.4");
      assertThat(daemon.json("/api/v1/me").isObject()).isTrue();
    }
  }

  @Test
  void nothingOutsideOfTheFolderIsServed() throws Exception {
    try (TestDaemon daemon = daemon(page())) {
      for (String path :
          List.of(
              "/assets/way.js",
              "/assets/up/outside",
              "/secret",
              "/none",
              "/%2e%2e/secret",
              "/..%2fsecret",
              "/assets/%2e%2e/%2e%2e/secret",
              "/assets%2f..%2f..%2fsecret",
              "/..%5csecret",
              "/%00",
              "/transmission/web/%2e%2e/secret",
              "/" + "a/".repeat(9) + "b",
              "/%2fetc%2fpasswd")) {
        HttpResponse<String> answer = daemon.get(path);
        assertThat(answer.statusCode()).as(path).isBetween(400, 404);
        assertThat(answer.body()).as(path).doesNotContain("hidden", "root:");
      }
    }
  }
}
