package sluice.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sluice.cli.wiring.DaemonFiles;
import sluice.daemon.Daemon;

/** A daemon that starts, is asked what its page and the commands ask first, and ends. */
final class DaemonRehearsal {
  private DaemonRehearsal() {}

  static void run(Path folder, String torrent) throws IOException {
    Path state = folder.resolve("state");
    Path config =
        Files.writeString(
            folder.resolve("config.toml"),
            "downloads = \""
                + folder.resolve("downloads")
                + "\"\n"
                + "[network]\n"
                + "port = 0\n"
                + "bind = \"127.0.0.1\"\n"
                + "dht = false\n"
                + "lsd = false\n"
                + "[web]\n"
                + "port = 0\n");
    try (Daemon daemon =
        Daemon.start(DaemonFiles.settings(Optional.of(config), Optional.of(state)))) {
      for (String path : new String[] {"healthz", "", "api/v1/openapi.json"}) {
        get(daemon.url() + path);
      }
      Rehearsal.run("status", "--state", state.toString());
      Rehearsal.run("add", torrent, "--stopped", "--state", state.toString());
      Rehearsal.run("list", "--state", state.toString());
      Rehearsal.run("rm", "--all", "--state", state.toString());
    }
  }

  private static void get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    try (var in = connection.getInputStream()) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
