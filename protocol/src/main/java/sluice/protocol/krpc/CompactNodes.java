package sluice.protocol.krpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;

/** Nodes as 26 bytes (IPv4, BEP 5) or 38 bytes (IPv6, BEP 32) each. */
public final class CompactNodes {
  private CompactNodes() {}

  /** Bytes of one node. */
  public static int stride(boolean ipv6) {
    return NodeId.BYTES + CompactPeers.stride(ipv6);
  }

  /**
   * Adds the first {@code most} nodes in {@code in}; those with port 0 are left out, and so is what
   * is left at the end and is not a whole node.
   */
  static void read(BString in, boolean ipv6, int most, List<NodeInfo> out) {
    ByteBuffer bytes = in.view();
    List<Endpoint> one = new ArrayList<>(1);
    for (int i = 0; i < most && bytes.remaining() >= stride(ipv6); i++) {
      NodeId id = NodeId.read(bytes);
      one.clear();
      ByteBuffer endpoint = bytes.slice(bytes.position(), CompactPeers.stride(ipv6));
      bytes.position(bytes.position() + CompactPeers.stride(ipv6));
      CompactPeers.read(endpoint, ipv6, 1, one);
      // What is written in IPv6 and means IPv4 is not a node of IPv6.
      if (!one.isEmpty() && one.getFirst().isIpv6() == ipv6) {
        out.add(new NodeInfo(id, one.getFirst()));
      }
    }
  }

  /** The nodes of one family among {@code nodes}. */
  static BString write(List<NodeInfo> nodes, boolean ipv6) {
    int count = (int) nodes.stream().filter(n -> n.endpoint().isIpv6() == ipv6).count();
    ByteBuffer out = ByteBuffer.allocate(count * stride(ipv6));
    for (NodeInfo node : nodes) {
      if (node.endpoint().isIpv6() == ipv6) {
        node.id().write(out);
        CompactPeers.write(node.endpoint(), out);
      }
    }
    return BString.of(out.array());
  }
}
