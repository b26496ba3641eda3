package sluice.tracker.http;

import static sluice.tracker.http.Head.ascii;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import sluice.protocol.address.IpText;

/**
 * Peers as a list of dictionaries (BEP 3), for clients that refuse the compact form. Peer ids are
 * not kept by the tracker, so they are not told.
 */
final class PeerDictionaries {
  private static final byte[] IP = ascii("d2:ip");
  private static final byte[] PORT = ascii("4:porti");
  private static final byte[] END = ascii("ee");

  private final byte[] ipv4 = new byte[4];
  private final byte[] ipv6 = new byte[16];

  /** Writes the compact peers at the start of {@code peers} as a list. */
  void write(ByteBuffer peers, int count4, int count6, Body body) {
    body.raw('l');
    int at = 0;
    for (int i = 0; i < count4 + count6; i++) {
      byte[] address = i < count4 ? ipv4 : ipv6;
      peers.get(at, address);
      at += address.length;
      body.raw(IP).string(ascii(text(address))).raw(PORT);
      body.decimal(peers.getShort(at) & 0xffff).raw(END);
      at += 2;
    }
    body.raw('e');
  }

  private static String text(byte[] address) {
    try {
      return IpText.of(InetAddress.getByAddress(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("of 4 or 16 bytes", e);
    }
  }
}
