package sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.cli.wiring.DaemonFiles;
import sluice.daemon.Daemon;
import sluice.daemon.config.ControlFile;

/**
 * A daemon that starts, gets torrents, is asked what the commands ask, and ends; then one that
 * begins with these torrents, seeds one of them, and is asked what its page and programs ask.
 * Nothing leaves the machine.
 */
final class DaemonRehearsal {
  /** So often each thing is asked that is asked again and again. */
  private static final int ROUNDS = 40;

  private static final List<String> FIRST = List.of("healthz", "", "api/v1/openapi.json");

  private static final List<String> AGAIN =
      List.of(
          "api/v1/torrents?limit=100&sort=-up",
          "api/v2/sync/maindata?rid=0",
          "api/v1/status",
          "metrics");

  private static final String RPC =
      "{\"method\":\"torrent-get\",\"arguments\":{\"fields\":[\"id\",\"name\",\"status\"]}}";

  private final Path folder;
  private final Path state;

  private DaemonRehearsal(Path folder) {
    this.folder = folder;
    this.state = folder.resolve("state");
  }

  /** {@code torrent} is of data in {@code folder}. */
  static void run(Path folder, String torrent) throws IOException {
    new DaemonRehearsal(folder).run(torrent);
  }

  private void run(String torrent) throws IOException {
    Path absent = Files.writeString(folder.resolve("absent"), "absent".repeat(ROUNDS));
    Path second = folder.resolve("absent.torrent");
    Rehearsal.run("create", absent.toString(), "-o", second.toString());
    Files.delete(absent);
    try (Daemon daemon = start()) {
      for (String path : FIRST) {
        send(daemon.url() + path, "", "", "");
      }
      Rehearsal.run("status", "--state", state.toString());
      for (String each : List.of(torrent, second.toString())) {
        Rehearsal.run("add", each, "--state", state.toString());
      }
      Rehearsal.run("list", "--state", state.toString());
    }
    try (Daemon daemon = start()) {
      Path copy = Files.createDirectory(folder.resolve("copy"));
      Rehearsal.get(torrent, copy, Integer.toString(daemon.peerPort()));
      ask(daemon.url(), ControlFile.read(state).orElseThrow().key());
      Rehearsal.run("rm", "--all", "--state", state.toString());
    }
  }

  private Daemon start() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.toml"),
            "downloads = \""
                + folder
                + "\"\n"
                + "[network]\n"
                + "port = 0\n"
                + "bind = \"127.0.0.1\"\n"
                + "lsd = false\n"
                + "[web]\n"
                + "port = 0\n");
    return Daemon.start(DaemonFiles.settings(Optional.of(config), Optional.of(state), List.of()));
  }

  private static void ask(String url, String key) throws IOException {
    String session = "";
    for (int i = 0; i < ROUNDS; i++) {
      for (String path : AGAIN) {
        send(url + path, key, "", "");
      }
      session = send(url + "transmission/rpc", key, session, RPC);
    }
    HttpURLConnection events = open(url + "api/v1/events", key);
    try (InputStream in = events.getInputStream()) {
      in.readNBytes(RPC.length());
    }
    events.disconnect();
  }

  private static HttpURLConnection open(String url, String key) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    if (!key.isEmpty()) {
      connection.setRequestProperty("X-API-Key", key);
    }
    return connection;
  }

  /** Gives the session of Transmission's RPC, which is to be sent with the next. */
  private static String send(String url, String key, String session, String body)
      throws IOException {
    HttpURLConnection connection = open(url, key);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("X-Transmission-Session-Id", session);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    boolean refused = connection.getResponseCode() == HttpURLConnection.HTTP_CONFLICT;
    try (InputStream in = refused ? connection.getErrorStream() : connection.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String told = connection.getHeaderField("X-Transmission-Session-Id");
    return told == null ? session : told;
  }
}
