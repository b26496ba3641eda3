package sluice.daemon.auth;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import sluice.daemon.web.Caller;
import sluice.daemon.web.Head;
import sluice.daemon.web.Identity;
import sluice.daemon.web.Problem;
import sluice.protocol.address.IpText;

/**
 * Knows callers by their keys: as {@code Authorization: Bearer KEY}, {@code X-API-Key: KEY}, the
 * password of {@code Basic} with any user, or a cookie. There are no passwords that people choose.
 * Any thread.
 */
public final class Doorman implements Identity {
  /** The cookie of our own page. */
  public static final String COOKIE = "sluice";

  /** The cookie of qBittorrent's API. */
  public static final String SID = "SID";

  private static final int MAX_LINKS = 16;
  private static final long LINK_MILLIS = 15 * 60_000;
  private static final int MAX_SESSIONS = 1_000;
  private static final int MAX_SECRET_CHARS = 256;

  private final Keyring keys;
  private final Attempts attempts;
  private final LongSupplier unixMillis;

  /** Links by digest, the oldest first. */
  private final Deque<Link> links = new ArrayDeque<>();

  /** Keys by digests of the sessions that they opened; the session used last is the last. */
  private final Map<String, String> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  private record Link(String digest, long madeMillis) {}

  /** Knows those who have one of {@code keys}. */
  public Doorman(Keyring keys, LongSupplier unixMillis) {
    this.keys = keys;
    this.unixMillis = unixMillis;
    this.attempts = new Attempts(unixMillis);
  }

  /** The keys. */
  public Keyring keys() {
    return keys;
  }

  @Override
  public Caller of(Head head) {
    Optional<String> presented = presented(head);
    if (presented.isPresent()) {
      Key key = check(presented.get(), head.remote());
      return new Caller(key.name(), key.scopes(), false);
    }
    Optional<Key> browser =
        head.cookie(COOKIE).flatMap(keys::find).filter(k -> k.kind() == Key.Kind.BROWSER);
    Optional<Key> known = browser.isPresent() ? browser : head.cookie(SID).flatMap(this::session);
    return known.map(key -> new Caller(key.name(), key.scopes(), true)).orElse(Caller.NOBODY);
  }

  private static Optional<String> presented(Head head) {
    Optional<String> header = head.header("X-API-Key");
    if (header.isPresent()) {
      return header;
    }
    String authorization = head.header("Authorization").orElse("");
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).trim());
    } else if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.of(password(authorization.substring(6).trim())).filter(p -> !p.isEmpty());
    }
    return Optional.empty();
  }

  private static String password(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("the header Authorization is not as it should be");
    }
  }

  /** The key whose secret {@code remote} shows. */
  private Key check(String secret, InetAddress remote) {
    attempts.check(remote);
    Optional<Key> key =
        secret.length() > MAX_SECRET_CHARS
            ? Optional.empty()
            : keys.find(secret).filter(k -> k.kind() == Key.Kind.API);
    if (key.isEmpty()) {
      attempts.failed(remote);
      throw new Problem(401, "key", "there is no such key");
    }
    attempts.succeeded(remote);
    return key.get();
  }

  /** A word that opens the page once, within fifteen minutes. */
  public synchronized String link() {
    String secret = Secret.fresh();
    links.addLast(new Link(Secret.digest(secret), unixMillis.getAsLong()));
    while (links.size() > MAX_LINKS) {
      links.removeFirst();
    }
    return secret;
  }

  /** Makes a browser known by the word of a link; gives its cookie. */
  public String enter(String word, InetAddress remote) {
    attempts.check(remote);
    if (!take(word)) {
      attempts.failed(remote);
      throw new Problem(403, "link", "the link was used, or is too old; ask for another one");
    }
    return keys.browser("browser at " + IpText.of(remote)).secret();
  }

  private synchronized boolean take(String word) {
    long now = unixMillis.getAsLong();
    links.removeIf(link -> now - link.madeMillis() > LINK_MILLIS);
    String digest = Secret.digest(word);
    return links.removeIf(link -> link.digest().equals(digest));
  }

  /** Opens a session with a key; gives what the cookie says. Empty: the key is wrong. */
  public Optional<String> open(String secret, InetAddress remote) {
    attempts.check(remote);
    try {
      check(secret, remote);
    } catch (Problem wrong) {
      return Optional.empty();
    }
    String session = Secret.fresh();
    synchronized (this) {
      sessions.put(Secret.digest(session), secret);
    }
    return Optional.of(session);
  }

  private Optional<Key> session(String session) {
    Optional<String> secret;
    synchronized (this) {
      secret = Optional.ofNullable(sessions.get(Secret.digest(session)));
    }
    return secret.flatMap(keys::find);
  }

  /** Ends what the cookies of {@code cookie} and {@code sid} stand for. */
  public void leave(Optional<String> cookie, Optional<String> sid) {
    cookie.flatMap(keys::find).ifPresent(key -> keys.delete(key.id()));
    synchronized (this) {
      sid.ifPresent(session -> sessions.remove(Secret.digest(session)));
    }
  }
}
