package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** The page that is in the program, and what is beside it. */
class PageTest {
  private static final Path WEB = Path.of("..", "web");
  private static final Path BUNDLE =
      Path.of("src", "main", "resources", "sluice", "daemon", "page", "bundle");

  @TempDir Path temp;

  /** The files of which the page is made, as {@code PageBuild} reads them. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(WEB.resolve("src"));
        Stream<Path> others = Files.walk(WEB.resolve("public"))) {
      return Stream.of(
              Stream.of("index.html", "package-lock.json", "vite.config.ts").map(WEB::resolve),
              files,
              others)
          .flatMap(each -> each)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  @Test
  void thePageWasBuiltOfTheseSources() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : sources()) {
      digest.update(
          WEB.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    assertThat(Files.readString(BUNDLE.resolve("sources.sha256")).strip())
        .as("web has changed: run 'java daemon/src/build/PageBuild.java', which needs npm")
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
  }

  private static JsonNode catalogue(String language) throws IOException {
    return Json.read(Files.readAllBytes(WEB.resolve("src/lib/" + language + ".json")));
  }

  @Test
  void allLanguagesHaveAllTexts() throws Exception {
    JsonNode english = catalogue("en");
    JsonNode german = catalogue("de");
    assertThat(new TreeSet<>(german.propertyNames()))
        .isEqualTo(new TreeSet<>(english.propertyNames()));
    Pattern used = Pattern.compile("\\b(tn?)\\('([^']+)'");
    for (Path file : sources()) {
      if (file.toString().endsWith(".png")) {
        continue;
      }
      Matcher matcher = used.matcher(Files.readString(file));
      while (matcher.find()) {
        String key = matcher.group(2) + (matcher.group(1).equals("tn") ? ".other" : "");
        assertThat(english.has(key)).as(file + ": " + matcher.group()).isTrue();
      }
    }
  }

  /** Both languages have one form for one thing and another for any other number. */
  @Test
  void allTextsHaveTheirFormsAndPlaces() throws Exception {
    JsonNode english = catalogue("en");
    JsonNode german = catalogue("de");
    for (String key : english.propertyNames()) {
      if (key.endsWith(".other")) {
        assertThat(english.has(key.replace(".other", ".one"))).as(key).isTrue();
      }
      assertThat(places(german, key)).as(key).isEqualTo(places(english, key));
      assertThat(german.path(key).asString()).as(key).isNotBlank();
    }
  }

  private static TreeSet<String> places(JsonNode catalogue, String key) {
    TreeSet<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{[a-z]+\\}").matcher(catalogue.path(key).asString());
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @Test
  void thePageItsFilesAndTheNumbersAreServed() throws Exception {
    Path watch = Files.createDirectories(temp.resolve("watch"));
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "w.bin", 100_000);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"), Optional.of(watch))) {
      HttpResponse<String> page = daemon.get("/");
      assertThat(page.body()).contains("<div id=\"app\">");
      Matcher files = Pattern.compile("(?<=\")(\\./)?ui/[^\"]+").matcher(page.body());
      int count = 0;
      while (files.find()) {
        HttpResponse<String> file = daemon.get("/" + files.group());
        assertThat(file.statusCode()).as(files.group()).isEqualTo(200);
        boolean hashed = files.group().matches(".*(index|icon)-[\\w-]{8}\\.\\w+");
        assertThat(file.headers().firstValue("Cache-Control").orElse(""))
            .as(files.group())
            .isEqualTo("public, max-age=" + (hashed ? "31536000, immutable" : "86400"));
        count++;
      }
      assertThat(count).isEqualTo(5);
      assertThat(daemon.get("/ui/app.webmanifest").headers().firstValue("Content-Type"))
          .contains("application/manifest+json");
      assertThat(daemon.get("/ui/none.js").statusCode()).isEqualTo(404);
      assertThat(daemon.get("/ui/..%2findex.html").statusCode()).isEqualTo(400);

      Files.write(watch.resolve("w.torrent"), torrent);
      TestDaemon.await("added", () -> Files.exists(watch.resolve("w.torrent.added")));
      assertThat(daemon.get("/api/v1/torrents").body()).contains("w.bin");
      assertThat(daemon.get("/metrics").body())
          .contains("# TYPE sluice_torrents gauge", "sluice_swarm_peers_known 0");
      assertThat(daemon.get("/readyz").statusCode()).isEqualTo(200);
    }
  }
}
