package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.daemon.web.Json;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.TorrentCreator;
import tools.jackson.databind.JsonNode;

/** The events of our API: everything in parts, then what changes, and where a reader goes on. */
class ChangeEventsTest {
  private static final int COUNT = 520;

  @TempDir Path temp;

  /** Somebody who reads events. */
  private static final class Reader implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BufferedReader lines;
    private final InputStream in;
    private String id = "";

    Reader(TestDaemon daemon, String last) throws Exception {
      HttpRequest.Builder request = daemon.request("/api/v1/events");
      if (!last.isEmpty()) {
        request.header("Last-Event-ID", last);
      }
      in = http.send(request.build(), BodyHandlers.ofInputStream()).body();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    JsonNode next() throws IOException {
      while (true) {
        String line = lines.readLine();
        assertThat(line).as("the end of events").isNotNull();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          return Json.read(line.substring(6).getBytes(StandardCharsets.UTF_8));
        }
      }
    }

    JsonNode next(Predicate<JsonNode> wanted) throws IOException {
      JsonNode event = next();
      while (!wanted.test(event)) {
        event = next();
      }
      return event;
    }

    @Override
    public void close() throws IOException {
      in.close();
      http.shutdownNow();
    }
  }

  private static byte[] torrent(int number) {
    return TorrentCreator.create(
        MetainfoBuilder.ofFile("t" + number, 16_384).pieceLength(16_384),
        (file, at, to) -> to[0] = (byte) number);
  }

  private static boolean tells(JsonNode event, String name) {
    return event
        .path("torrents")
        .valueStream()
        .anyMatch(t -> t.path("name").asString().equals(name));
  }

  @Test
  void everythingComesInPartsAndThenWhatChanges() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp)) {
      AddOptions stopped = AddOptions.into(temp.resolve("downloads")).stopped();
      for (int i = 0; i < COUNT; i++) {
        daemon.daemon.client().add(torrent(i), stopped);
      }
      TestDaemon.await("all are listed", () -> count(daemon) == COUNT);
      String id = "";
      try (Reader reader = new Reader(daemon, "")) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode part = reader.next();
        assertThat(part.path("full").asBoolean()).isTrue();
        assertThat(part.path("more").asBoolean()).isTrue();
        part.path("torrents").forEach(all::add);
        assertThat(reader.id).as("nobody goes on in the middle").isEmpty();
        while (part.path("more").asBoolean()) {
          part = reader.next();
          assertThat(part.path("full").asBoolean()).isFalse();
          part.path("torrents").forEach(all::add);
        }
        assertThat(all).hasSize(COUNT);
        assertThat(all.getFirst().path("number").asInt()).isEqualTo(COUNT);
        assertThat(all.getFirst().has("error")).isFalse();
        assertThat(all.getFirst().has("eta")).isFalse();
        assertThat(part.path("status").path("torrents").asInt()).isEqualTo(COUNT);
        id = all.getFirst().path("id").asString();
        rename(daemon, id, "other");
        reader.next(event -> tells(event, "other"));
      }
      goesOn(daemon, id);
    }
  }

  private static int count(TestDaemon daemon) {
    try {
      return daemon.json("/api/v1/status").path("torrents").asInt();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void rename(TestDaemon daemon, String id, String name) throws Exception {
    assertThat(
            daemon
                .json("PATCH", "/api/v1/torrents/" + id, Json.object().put("name", name))
                .statusCode())
        .isEqualTo(200);
  }

  private static void goesOn(TestDaemon daemon, String id) throws Exception {
    String seen;
    try (Reader reader = new Reader(daemon, "")) {
      reader.next(event -> !event.path("more").asBoolean());
      seen = reader.id;
    }
    rename(daemon, id, "third");
    try (Reader reader = new Reader(daemon, seen)) {
      JsonNode event = reader.next();
      assertThat(event.path("full").asBoolean()).isFalse();
      assertThat(event.path("torrents").size()).isLessThan(COUNT);
      if (!tells(event, "third")) {
        reader.next(later -> tells(later, "third"));
      }
      daemon.send(daemon.request("/api/v1/torrents/" + id).DELETE());
      reader.next(
          later -> later.path("removed").valueStream().anyMatch(r -> r.asString().equals(id)));
    }
    // What an earlier run of the daemon has told is not what this one knows.
    try (Reader reader = new Reader(daemon, "1")) {
      assertThat(reader.next().path("full").asBoolean()).isTrue();
    }
  }
}
