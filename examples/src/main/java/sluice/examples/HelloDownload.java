package sluice.examples;

import java.io.IOException;
import java.nio.file.Path;
import sluice.client.Client;
import sluice.client.ClientConfig;

/** The shortest program: downloads one torrent and ends. */
public final class HelloDownload {
  private HelloDownload() {}

  /** Downloads what {@code torrent} describes to {@code folder}. */
  public static void download(Path torrent, Path folder) throws IOException, InterruptedException {
    try (Client client = Client.open(ClientConfig.defaults())) {
      client.add(torrent, folder).awaitCompletion();
    }
  }
}
