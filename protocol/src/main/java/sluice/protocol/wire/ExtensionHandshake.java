package sluice.protocol.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The extension handshake (BEP 10): payload of the extended message 0. It may come more than once;
 * what a later one does not tell stays as it was.
 *
 * @param ids {@code m}: names of extensions and the ids under which the sender wants their
 *     messages; 0 switches one off. Sorted by name, at most {@link #MAX_IDS}
 * @param client {@code v}: program and version, for people
 * @param port {@code p}: where the sender accepts connections
 * @param requestQueue {@code reqq}: outstanding requests that the sender takes
 * @param yourIp the receiver as the sender sees it
 * @param ipv4 {@code ipv4}: another address of the sender
 * @param ipv6 {@code ipv6}: another address of the sender
 * @param metadataSize {@code metadata_size}: bytes of info (BEP 9), at most {@link
 *     MetadataMessage#MAX_SIZE}; not to be trusted
 * @param uploadOnly {@code upload_only}: the sender wants no more pieces (BEP 21)
 * @param completeAgoSeconds {@code complete_ago}: since when the sender is complete
 * @param encryption {@code e}: the sender prefers encrypted connections
 */
public record ExtensionHandshake(
    Map<String, Integer> ids,
    Optional<String> client,
    OptionalInt port,
    OptionalInt requestQueue,
    Optional<InetAddress> yourIp,
    Optional<Inet4Address> ipv4,
    Optional<Inet6Address> ipv6,
    OptionalInt metadataSize,
    Optional<Boolean> uploadOnly,
    OptionalInt completeAgoSeconds,
    Optional<Boolean> encryption) {

  /** Most extensions of which the ids are kept. */
  public static final int MAX_IDS = 64;

  /** A handshake that tells nothing. */
  public static final ExtensionHandshake EMPTY = new Draft().handshake();

  public ExtensionHandshake {
    ids = Collections.unmodifiableMap(new TreeMap<>(ids));
    if (ids.size() > MAX_IDS) {
      throw new IllegalArgumentException("too many extensions: " + ids.size());
    }
    for (int id : ids.values()) {
      if (id < 0 || id > 255) {
        throw new IllegalArgumentException("an extension id is one byte, not " + id);
      }
    }
  }

  /** The ids that are in force after this handshake, given those {@code before} it. */
  public Map<String, Integer> idsAfter(Map<String, Integer> before) {
    TreeMap<String, Integer> after = new TreeMap<>(before);
    ids.forEach((name, id) -> {
      if (id == 0) {
        after.remove(name);
      } else if (after.size() < MAX_IDS || after.containsKey(name)) {
        after.put(name, id);
      }
    });
    return Collections.unmodifiableMap(after);
  }

  /** A handshake in the making: it tells what was set, and nothing else. Not thread-safe. */
  public static final class Draft {
    private Map<String, Integer> ids = Map.of();
    private Optional<String> client = Optional.empty();
    private OptionalInt port = OptionalInt.empty();
    private OptionalInt requestQueue = OptionalInt.empty();
    private Optional<InetAddress> yourIp = Optional.empty();
    private OptionalInt metadataSize = OptionalInt.empty();
    private Optional<Boolean> uploadOnly = Optional.empty();

    /** A draft that tells nothing yet. */
    public Draft() {}

    /** Extensions and the ids by which they are to be sent to us. */
    public Draft ids(Map<String, Integer> ids) {
      this.ids = ids;
      return this;
    }

    /** The name of the program; an empty one is not told. */
    public Draft client(String name) {
      this.client = Optional.of(name).filter(text -> !text.isEmpty());
      return this;
    }

    /** The port at which we listen; 0 is not told. */
    public Draft port(int port) {
      this.port = port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
      return this;
    }

    /** How many requests we keep. */
    public Draft requestQueue(int requests) {
      this.requestQueue = OptionalInt.of(requests);
      return this;
    }

    /** The address at which we see the receiver. */
    public Draft yourIp(InetAddress address) {
      this.yourIp = Optional.of(address);
      return this;
    }

    /** How many bytes the info dictionary has, if it is known. */
    public Draft metadataSize(OptionalInt bytes) {
      this.metadataSize = bytes;
      return this;
    }

    /** Whether we want nothing more (BEP 21). */
    public Draft uploadOnly(boolean is) {
      this.uploadOnly = Optional.of(is);
      return this;
    }

    /** The handshake as it was drafted. */
    public ExtensionHandshake handshake() {
      return new ExtensionHandshake(
          ids,
          client,
          port,
          requestQueue,
          yourIp,
          Optional.empty(),
          Optional.empty(),
          metadataSize,
          uploadOnly,
          OptionalInt.empty(),
          Optional.empty());
    }
  }
}
