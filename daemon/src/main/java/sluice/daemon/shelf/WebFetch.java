package sluice.daemon.shelf;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sluice.client.Web;
import sluice.daemon.web.Problem;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.protocol.proxy.HostNames;

/**
 * Fetches torrent files, feeds and lists of the web, by the ways of the client. Unless it is
 * allowed, nothing is fetched from this machine and private networks: whoever may add torrents is
 * not thereby let into these. An address is looked at after its name was resolved, and is then the
 * one that is connected with. Any thread that may block.
 */
public final class WebFetch {
  private static final int MAX_URL_CHARS = 4_096;
  private static final int MAX_COOKIE_CHARS = 4_096;
  private static final char DEL = 127;

  /** For all of it, however slowly it comes. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Web.Line line;
  private final boolean privateToo;

  /**
   * By {@code line}.
   *
   * @param privateToo whether private addresses are allowed, too
   */
  public WebFetch(Web.Line line, boolean privateToo) {
    this.line = line;
    this.privateToo = privateToo;
  }

  /**
   * What is at {@code link}.
   *
   * @param maxBytes it may have
   * @throws Problem if it cannot be had
   */
  public byte[] get(String link, int maxBytes) {
    return get(link, maxBytes, "");
  }

  /**
   * What is at {@code link} for who has {@code cookies}, as the header has them; none if empty.
   * They are for that server only: with them, nobody is asked whom it names in its place.
   */
  public byte[] get(String link, int maxBytes, String cookies) {
    URI uri = uri(link);
    Optional<Http.Upload> said = cookie(cookies);
    if (!privateToo
        && HostNames.address(uri.getHost()).filter(a -> !Reach.isPublic(a)).isPresent()) {
      throw new Problem(
          403, "private", uri.getHost() + " is in a private network; see web.fetch-private");
    }
    Reach reach = privateToo ? Reach.ANY : Reach.PUBLIC;
    try {
      Web.Answer answer = line.ask(new Web.Question(uri, said, reach, maxBytes, PATIENCE_NANOS));
      if (answer.status() == 200) {
        return answer.body();
      }
      throw failed(uri, "the server answers " + answer.status());
    } catch (IOException e) {
      throw failed(uri, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(uri, "the program ends");
    }
  }

  private static Optional<Http.Upload> cookie(String cookies) {
    if (cookies.isBlank()) {
      return Optional.empty();
    }
    if (cookies.length() > MAX_COOKIE_CHARS
        || !cookies.chars().allMatch(c -> c >= ' ' && c < DEL)) {
      throw Problem.bad("no cookies");
    }
    return Optional.of(new Http.Upload(Map.of("Cookie", cookies.strip()), ""));
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

  private static Problem failed(URI uri, String why) {
    return new Problem(502, "fetch", uri.getHost() + " did not give it: " + why);
  }
}
