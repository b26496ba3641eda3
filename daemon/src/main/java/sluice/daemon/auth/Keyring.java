package sluice.daemon.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import sluice.daemon.web.Json;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All keys, in a file of which only its owner may read. Any thread. */
public final class Keyring {
  /** Most keys. */
  public static final int MAX_KEYS = 1_000;

  private static final long BROWSER_MILLIS = 30L * 24 * 60 * 60 * 1_000;

  private final Path file;
  private final LongSupplier unixMillis;
  private final Map<String, Key> byDigest = new LinkedHashMap<>();

  /** The keys in {@code file}; none if there is no such file. */
  public Keyring(Path file, LongSupplier unixMillis) throws IOException {
    this.file = file;
    this.unixMillis = unixMillis;
    if (Files.exists(file)) {
      for (JsonNode node : Json.read(Files.readAllBytes(file)).path("keys")) {
        Key key = read(node);
        byDigest.put(key.digest(), key);
      }
    }
  }

  /** A key and its secret, which nobody learns a second time. */
  public record Made(Key key, String secret) {}

  /** Makes a key for programs. */
  public Made make(String name, Set<Scope> scopes) {
    return make(name, Key.Kind.API, scopes, 0);
  }

  /** Makes a key for a browser, which ends after thirty days. */
  Made browser(String name) {
    return make(name, Key.Kind.BROWSER, Scope.ALL, unixMillis.getAsLong() + BROWSER_MILLIS);
  }

  private synchronized Made make(
      String name, Key.Kind kind, Set<Scope> scopes, long expiresMillis) {
    long now = unixMillis.getAsLong();
    byDigest.values().removeIf(key -> isOver(key, now));
    if (byDigest.size() >= MAX_KEYS) {
      throw new IllegalArgumentException("there are " + MAX_KEYS + " keys; delete some");
    }
    String secret = Secret.fresh();
    String id = Secret.fresh().substring(0, 10);
    Key key = new Key(id, name, kind, Secret.digest(secret), scopes, now, expiresMillis);
    byDigest.put(key.digest(), key);
    save();
    return new Made(key, secret);
  }

  /** The key of {@code secret}. */
  public synchronized Optional<Key> find(String secret) {
    return Optional.ofNullable(byDigest.get(Secret.digest(secret)))
        .filter(key -> !isOver(key, unixMillis.getAsLong()));
  }

  /** All keys, the oldest first. */
  public synchronized List<Key> all() {
    return List.copyOf(byDigest.values());
  }

  /** Deletes the key {@code id}; false if there is none. */
  public synchronized boolean delete(String id) {
    boolean deleted = byDigest.values().removeIf(key -> key.id().equals(id));
    if (deleted) {
      save();
    }
    return deleted;
  }

  private static boolean isOver(Key key, long now) {
    return key.expiresMillis() != 0 && key.expiresMillis() <= now;
  }

  private void save() {
    ObjectNode root = Json.object();
    ArrayNode keys = root.putArray("keys");
    for (Key key : byDigest.values()) {
      ObjectNode node = keys.addObject();
      node.put("id", key.id()).put("name", key.name()).put("kind", key.kind().name());
      node.put("digest", key.digest());
      node.put("created", key.createdMillis()).put("expires", key.expiresMillis());
      ArrayNode scopes = node.putArray("scopes");
      key.scopes().stream().sorted().forEach(scope -> scopes.add(scope.text()));
    }
    try {
      PrivateFile.write(file, Json.bytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Key read(JsonNode node) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode scope : node.path("scopes")) {
      Scope.of(scope.asString()).ifPresent(scopes::add);
    }
    return new Key(
        node.path("id").asString(),
        node.path("name").asString(),
        Key.Kind.valueOf(node.path("kind").asString()),
        node.path("digest").asString(),
        scopes,
        node.path("created").asLong(),
        node.path("expires").asLong());
  }
}
