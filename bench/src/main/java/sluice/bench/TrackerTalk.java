package sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single requests to a server of this machine, each by its own connection. */
final class TrackerTalk {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Pattern COUNT = Pattern.compile("10:incompletei(\\d+)e");

  private TrackerTalk() {}

  /** Sends {@code request} and reads until the server ends. */
  static String ask(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.US_ASCII);
    }
  }

  private static String get(int port, String target) throws IOException {
    return ask(port, "GET " + target + " HTTP/1.0\r\nConnection: close\r\n\r\n");
  }

  /** The figures that a tracker tells of itself, in the format of Prometheus. */
  static String metrics(int port) throws IOException {
    return get(port, "/metrics");
  }

  /** One of these figures; 0 if there is none of this name. */
  static long figure(String metrics, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    return matcher.find() ? Math.round(Double.parseDouble(matcher.group(1))) : 0;
  }

  /** Announces a peer of {@code torrent}, which is 20 letters and digits. */
  static void announce(int port, String torrent) throws IOException {
    String reply =
        get(
            port,
            "/announce?info_hash=%s&peer_id=%s&port=6001&left=5"
                .formatted(torrent, "p".repeat(20)));
    if (!reply.contains("8:complete")) {
      throw new IOException("not announced: " + reply);
    }
  }

  /** How many peers of {@code torrent} want more. */
  static int count(int port, String torrent) throws IOException {
    Matcher matcher = COUNT.matcher(get(port, "/scrape?info_hash=" + torrent));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
