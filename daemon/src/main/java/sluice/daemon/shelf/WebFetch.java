package sluice.daemon.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Route;

/**
 * Fetches torrent files of the web. Unless it is allowed, nothing is fetched from this machine and
 * private networks: whoever may add torrents is not thereby let into these. Names are looked up
 * once and kept by the JVM, so that a name cannot lead elsewhere between the check and the request.
 */
public final class TorrentFetch {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_URL_CHARS = 4_096;
  private static final int TIMEOUT_MILLIS = 20_000;

  private final boolean privateToo;

  /** Whether private addresses are allowed, too. */
  public TorrentFetch(boolean privateToo) {
    this.privateToo = privateToo;
  }

  byte[] get(String link) {
    URI uri = uri(link);
    try {
      for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
        check(uri);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        int status = connection.getResponseCode();
        if (status >= 300 && status < 400) {
          String location = connection.getHeaderField("Location");
          connection.disconnect();
          uri = uri(location == null ? "" : uri.resolve(location).toString());
        } else if (status == 200) {
          return body(connection);
        } else {
          throw failed(uri, "the server answers " + status);
        }
      }
      throw failed(uri, "too many redirects");
    } catch (IOException | IllegalArgumentException e) {
      throw failed(uri, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] body(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(Route.MAX_UPLOAD_BYTES + 1);
      if (bytes.length > Route.MAX_UPLOAD_BYTES) {
        throw new Problem(413, "too-large", "the torrent file is too large");
      }
      return bytes;
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
    return new Problem(502, "fetch", uri.getHost() + " did not give the torrent file: " + why);
  }
}
