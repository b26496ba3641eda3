package sluice.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.wire.PexMessage.Contact;

/**
 * {@link PexMessage} to the payload of an extended message and back (BEP 11). Clients differ in
 * what they send: lists that are missing, flags that are too few, half a contact at the end, port
 * 0, contacts that come twice and contacts that are dropped in the same message are passed over.
 * Only what is no dictionary is a violation. Pure, any thread.
 */
public final class PexCodec {
  /** Largest payload that is read. */
  public static final int MAX_BYTES = 32_768;

  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 4, 64);
  private static final int PORT_BYTES = 2;

  private PexCodec() {}

  /**
   * Reads the remaining bytes of {@code payload}, which stay unread.
   *
   * @throws ProtocolException when they are no dictionary
   */
  public static PexMessage decode(ByteBuffer payload) {
    if (payload.remaining() > MAX_BYTES) {
      throw violation("peer exchange of " + payload.remaining() + " bytes");
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    BDictionary root = dictionary(bytes);
    Set<Endpoint> seen = new HashSet<>();
    List<Contact> added = new ArrayList<>();
    read(root, "added", false, seen, added);
    read(root, "added6", true, seen, added);
    List<Contact> dropped = new ArrayList<>();
    read(root, "dropped", false, seen, dropped);
    read(root, "dropped6", true, seen, dropped);
    return new PexMessage(added, dropped.stream().map(Contact::endpoint).toList());
  }

  private static BDictionary dictionary(byte[] bytes) {
    try {
      if (Bencode.parseLenient(bytes, LIMITS).value() instanceof BDictionary root) {
        return root;
      }
    } catch (BencodeException e) {
      throw violation("peer exchange: " + e.getMessage());
    }
    throw violation("peer exchange is not a dictionary");
  }

  private static void read(
      BDictionary root, String key, boolean ipv6, Set<Endpoint> seen, List<Contact> out) {
    byte[] flags = root.string(key + ".f").map(BString::bytes).orElse(new byte[0]);
    byte[] compact = root.string(key).map(BString::bytes).orElse(new byte[0]);
    ByteBuffer in = ByteBuffer.wrap(compact);
    byte[] address = new byte[CompactPeers.stride(ipv6) - PORT_BYTES];
    for (int i = 0; in.remaining() >= CompactPeers.stride(ipv6); i++) {
      in.get(address);
      int port = in.getShort() & 0xffff;
      Optional<Endpoint> endpoint =
          IpLiteral.ofBytes(address)
              .map(ip -> new Endpoint(ip, port))
              // An IPv4 address in an IPv6 list becomes one of the wrong family.
              .filter(e -> e.isIpv6() == ipv6 && port != 0);
      if (out.size() < PexMessage.MAX_READ && endpoint.isPresent() && seen.add(endpoint.get())) {
        out.add(new Contact(endpoint.get(), i < flags.length ? flags[i] & 0xff : 0));
      }
    }
  }

  /** The payload of an extended message. */
  public static ByteBuffer encode(PexMessage message) {
    BDictionary.Builder root = BDictionary.builder();
    for (boolean ipv6 : new boolean[] {false, true}) {
      String family = ipv6 ? "6" : "";
      List<Contact> added =
          message.added().stream().filter(c -> c.endpoint().isIpv6() == ipv6).toList();
      if (!added.isEmpty()) {
        ByteArrayOutputStream flags = new ByteArrayOutputStream();
        added.forEach(c -> flags.write(c.flags()));
        root.put("added" + family, compact(added.stream().map(Contact::endpoint).toList(), ipv6));
        root.put("added" + family + ".f", flags.toByteArray());
      }
      List<Endpoint> dropped = message.dropped().stream().filter(e -> e.isIpv6() == ipv6).toList();
      if (!dropped.isEmpty()) {
        root.put("dropped" + family, compact(dropped, ipv6));
      }
    }
    return ByteBuffer.wrap(Bencode.write(root.build()));
  }

  private static byte[] compact(List<Endpoint> endpoints, boolean ipv6) {
    ByteBuffer out = ByteBuffer.allocate(endpoints.size() * CompactPeers.stride(ipv6));
    endpoints.forEach(e -> CompactPeers.write(e, out));
    return out.array();
  }

  private static ProtocolException violation(String detail) {
    return new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, detail);
  }
}
