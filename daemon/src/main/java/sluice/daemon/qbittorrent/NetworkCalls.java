package sluice.daemon.qbittorrent;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;
import sluice.protocol.address.IpText;
import tools.jackson.databind.node.ArrayNode;

/** What interfaces the machine has, and their addresses. */
final class NetworkCalls {
  private NetworkCalls() {}

  static void addTo(Calls calls) {
    calls.json("app/networkInterfaceList", request -> interfaces());
    calls.json("app/networkInterfaceAddressList", NetworkCalls::addresses);
  }

  private static List<NetworkInterface> all() {
    try {
      return NetworkInterface.networkInterfaces().toList();
    } catch (SocketException e) {
      throw Problem.conflict("the interfaces are not known");
    }
  }

  private static ArrayNode interfaces() {
    ArrayNode list = Json.array();
    all()
        .forEach(each ->
            list.addObject().put("name", each.getDisplayName()).put("value", each.getName()));
    return list;
  }

  /** Of one interface, or of all if its name is empty. */
  private static ArrayNode addresses(Request request) {
    String name = request.need("iface");
    ArrayNode list = Json.array();
    all().stream()
        .filter(each -> name.isEmpty() || each.getName().equals(name))
        .flatMap(each -> each.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .map(NetworkCalls::text)
        .distinct()
        .forEach(list::add);
    return list;
  }

  /** Without the interface that Java writes behind an address of the link. */
  private static String text(InetAddress address) {
    return IpText.of(address).split("%", 2)[0];
  }
}
