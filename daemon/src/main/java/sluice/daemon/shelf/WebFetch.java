package sluice.daemon.shelf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import sluice.daemon.web.Problem;

/**
 * Fetches torrent files and feeds of the web. Unless it is allowed, nothing is fetched from this
 * machine and private networks: whoever may add torrents is not thereby let into these. Names are
 * looked up once and kept by the JVM, so that a name cannot lead elsewhere between the check and
 * the request.
 */
public final class WebFetch {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_URL_CHARS = 4_096;
  private static final int TIMEOUT_MILLIS = 20_000;

  /** For all of it, however slowly it comes. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final int PART_BYTES = 16_384;

  private final boolean privateToo;

  /** Whether private addresses are allowed, too. */
  public WebFetch(boolean privateToo) {
    this.privateToo = privateToo;
  }

  /**
   * What is at {@code link}.
   *
   * @param maxBytes it may have
   * @throws Problem if it cannot be had
   */
  public byte[] get(String link, int maxBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    get(link, bytes, maxBytes);
    return bytes.toByteArray();
  }

  /** Writes what is at {@code link} to {@code file}. */
  public void get(String link, Path file, long maxBytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      get(link, out, maxBytes);
    }
  }

  private void get(String link, OutputStream out, long maxBytes) {
    URI uri = uri(link);
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
        check(uri);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("User-Agent", "Sluice");
        int status = connection.getResponseCode();
        if (status >= 300 && status < 400) {
          String location = connection.getHeaderField("Location");
          connection.disconnect();
          uri = uri(location == null ? "" : uri.resolve(location).toString());
        } else if (status == 200) {
          body(connection, out, maxBytes, end);
          return;
        } else {
          throw failed(uri, "the server answers " + status);
        }
      }
      throw failed(uri, "too many redirects");
    } catch (IOException | IllegalArgumentException e) {
      throw failed(uri, String.valueOf(e.getMessage()));
    }
  }

  private static void body(HttpURLConnection connection, OutputStream out, long maxBytes, long end)
      throws IOException {
    long sum = 0;
    try (InputStream in = connection.getInputStream()) {
      byte[] part = new byte[PART_BYTES];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        sum += count;
        if (sum > maxBytes) {
          throw new Problem(413, "too-large", "it has more than " + maxBytes + " bytes");
        } else if (System.nanoTime() - end > 0) {
          throw new IOException("it takes too long");
        }
        out.write(part, 0, count);
      }
    }
  }

  private static URI uri(String link) {
    try {
      URI uri = new URI(link.length() > MAX_URL_CHARS ? "" : link);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && List.of("http", "https").contains(scheme)) {
        return uri;
      }
      throw Problem.bad("neither a magnet link nor an address of http or https");
    } catch (URISyntaxException e) {
      throw Problem.bad("no address: " + e.getMessage());
    }
  }

  private void check(URI uri) throws UnknownHostException {
    if (!privateToo) {
      for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
        if (!isPublic(address)) {
          throw new Problem(
              403, "private", uri.getHost() + " is in a private network; see web.fetch-private");
        }
      }
    }
  }

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    return !(address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || carrier
        || thisNetwork);
  }

  private static Problem failed(URI uri, String why) {
    return new Problem(502, "fetch", uri.getHost() + " did not give it: " + why);
  }
}
