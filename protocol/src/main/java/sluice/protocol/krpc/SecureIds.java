package sluice.protocol.krpc;

import java.net.InetAddress;
import java.util.zip.CRC32C;

/**
 * Node ids that depend on the node's address (BEP 42), so that who has few addresses cannot choose
 * its place in the DHT. The first 21 bits are those of a CRC32C over the masked address and three
 * bits of chance, which are the last three of the id.
 */
public final class SecureIds {
  private static final byte[] MASK_4 = {0x03, 0x0f, 0x3f, (byte) 0xff};
  private static final byte[] MASK_6 = {0x01, 0x03, 0x07, 0x0f, 0x1f, 0x3f, 0x7f, (byte) 0xff};
  private static final int IPV4_BYTES = 4;

  /** The bits of an id that the address decides. */
  private static final int PREFIX_BITS = 21;

  private static final int CHANCE_MASK = 7;

  private SecureIds() {}

  /** An id for a node at {@code address}; what is left free is taken from {@code chance}. */
  public static NodeId make(InetAddress address, NodeId chance) {
    long prefix = (long) crc(address, chance.low() & CHANCE_MASK) << 32;
    return chance.withPrefix(new NodeId(prefix, 0, 0), PREFIX_BITS);
  }

  /** Whether {@code id} is one that a node at {@code address} may have. */
  public static boolean isRight(NodeId id, InetAddress address) {
    if (isExempt(address)) {
      return true;
    }
    int prefix = crc(address, id.low() & CHANCE_MASK);
    return ((int) (id.high() >>> 32) ^ prefix) >>> (Integer.SIZE - PREFIX_BITS) == 0;
  }

  /** Whether nodes at {@code address} may choose their ids: networks that are not the internet. */
  public static boolean isExempt(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length > IPV4_BYTES && (bytes[0] & 0xfe) == 0xfc;
    return uniqueLocal
        || isDocumentation(bytes)
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress();
  }

  /** The networks of examples (RFC 5737). */
  private static boolean isDocumentation(byte[] bytes) {
    int network = (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff);
    return bytes.length == IPV4_BYTES
        && (network == 0xc00002 || network == 0xc63364 || network == 0xcb0071);
  }

  private static int crc(InetAddress address, int chance) {
    byte[] bytes = address.getAddress();
    byte[] mask = bytes.length == IPV4_BYTES ? MASK_4 : MASK_6;
    byte[] masked = new byte[mask.length];
    for (int i = 0; i < mask.length; i++) {
      masked[i] = (byte) (bytes[i] & mask[i]);
    }
    masked[0] |= (byte) (chance << 5);
    CRC32C crc = new CRC32C();
    crc.update(masked);
    return (int) crc.getValue();
  }
}
