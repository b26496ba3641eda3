package sluice.protocol.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.text.Shown;

/**
 * {@link ExtensionHandshake} to bytes and back. Clients differ in what they send, so a key that is
 * not known, or has a value that makes no sense, is passed over, and unsorted keys are taken; only
 * what is no bencoded dictionary at all is a violation. Pure, any thread.
 */
public final class ExtensionHandshakeCodec {
  /** Largest payload that is read. */
  public static final int MAX_BYTES = 65_536;

  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 20, 4_096);
  private static final int MAX_NAME_BYTES = 64;
  private static final int MAX_CLIENT_CHARS = 64;

  private ExtensionHandshakeCodec() {}

  /**
   * Reads the remaining bytes of {@code payload}, which stay unread.
   *
   * @throws ProtocolException when they are no dictionary
   */
  public static ExtensionHandshake decode(ByteBuffer payload) {
    if (payload.remaining() > MAX_BYTES) {
      throw new ProtocolException(
          Violation.BAD_EXTENSION_MESSAGE, "handshake of " + payload.remaining() + " bytes");
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    BDictionary root = dictionary(bytes);
    return new ExtensionHandshake(
        ids(root.dictionary("m")),
        root.string("v").map(v -> Shown.text(v.utf8(), MAX_CLIENT_CHARS)),
        number(root, "p", 1, 65_535),
        number(root, "reqq", 1, Integer.MAX_VALUE),
        root.string("yourip").flatMap(s -> IpLiteral.ofBytes(s.bytes())),
        address(root, "ipv4", 4, Inet4Address.class),
        address(root, "ipv6", 16, Inet6Address.class),
        number(root, "metadata_size", 1, MetadataMessage.MAX_SIZE),
        flag(root, "upload_only"),
        number(root, "complete_ago", 0, Integer.MAX_VALUE),
        flag(root, "e"));
  }

  private static BDictionary dictionary(byte[] bytes) {
    String problem;
    try {
      Bencode.Lenient read = Bencode.parseLenient(bytes, LIMITS);
      if (read.end() != bytes.length) {
        problem = "bytes after the handshake";
      } else if (read.value() instanceof BDictionary root) {
        return root;
      } else {
        problem = "handshake is not a dictionary";
      }
    } catch (BencodeException e) {
      problem = "handshake: " + e.getMessage();
    }
    throw new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, problem);
  }

  private static Map<String, Integer> ids(Optional<BDictionary> m) {
    Map<String, Integer> ids = new TreeMap<>();
    if (m.isPresent()) {
      BDictionary names = m.get();
      for (int i = 0; i < names.size() && ids.size() < ExtensionHandshake.MAX_IDS; i++) {
        BString name = names.key(i);
        boolean fits = name.length() > 0 && name.length() <= MAX_NAME_BYTES;
        if (fits && names.value(i) instanceof BInteger(long id) && id >= 0 && id <= 255) {
          ids.putIfAbsent(name.utf8(), (int) id);
        }
      }
    }
    return ids;
  }

  private static OptionalInt number(BDictionary root, String key, int least, int most) {
    OptionalLong value = root.integer(key);
    return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  private static Optional<Boolean> flag(BDictionary root, String key) {
    OptionalLong value = root.integer(key);
    return value.isPresent() ? Optional.of(value.getAsLong() != 0) : Optional.empty();
  }

  private static <A extends InetAddress> Optional<A> address(
      BDictionary root, String key, int bytes, Class<A> family) {
    return root.string(key)
        .filter(s -> s.length() == bytes)
        .flatMap(s -> IpLiteral.ofBytes(s.bytes()))
        .filter(family::isInstance)
        .map(family::cast);
  }

  /**
   * The dictionary that a handshake, which {@link #decode} has read, has under {@code name}; empty
   * if there is none.
   */
  public static Optional<BDictionary> told(ByteBuffer payload, String name) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    return dictionary(bytes).dictionary(name);
  }

  /** The payload of the extended message 0. */
  public static byte[] encode(ExtensionHandshake handshake) {
    return encode(handshake, Collections.emptySortedMap());
  }

  /**
   * The same with dictionaries of extensions.
   *
   * @param told by their keys, none of which has another meaning
   */
  public static byte[] encode(ExtensionHandshake handshake, SortedMap<String, BDictionary> told) {
    BDictionary.Builder m = BDictionary.builder();
    handshake.ids().forEach((name, id) -> m.put(name, id));
    BDictionary.Builder root = BDictionary.builder().put("m", m.build());
    handshake.client().ifPresent(v -> root.put("v", v));
    handshake.port().ifPresent(v -> root.put("p", v));
    handshake.requestQueue().ifPresent(v -> root.put("reqq", v));
    handshake.yourIp().ifPresent(v -> root.put("yourip", v.getAddress()));
    handshake.ipv4().ifPresent(v -> root.put("ipv4", v.getAddress()));
    handshake.ipv6().ifPresent(v -> root.put("ipv6", v.getAddress()));
    handshake.metadataSize().ifPresent(v -> root.put("metadata_size", v));
    handshake.uploadOnly().ifPresent(v -> root.put("upload_only", v ? 1 : 0));
    handshake.completeAgoSeconds().ifPresent(v -> root.put("complete_ago", v));
    handshake.encryption().ifPresent(v -> root.put("e", v ? 1 : 0));
    told.forEach((name, value) -> root.put(name, value));
    return Bencode.write(root.build());
  }
}
