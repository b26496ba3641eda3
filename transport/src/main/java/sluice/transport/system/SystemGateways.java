package sluice.transport.system;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Gateways;
import sluice.engine.port.Loop;
import sluice.protocol.address.IpLiteral;

/** The default routers of IPv4 as Linux lists them; none elsewhere. Loop only. */
public final class SystemGateways implements Gateways {
  private static final Logger LOG = System.getLogger(SystemGateways.class.getName());
  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final String DEFAULT = "00000000";
  private static final String NOBODY = "00000000";

  private final Loop loop;
  private final Optional<String> device;

  /** Those behind {@code device}, or behind all if there is none. */
  public SystemGateways(Loop loop, Optional<String> device) {
    this.loop = loop;
    this.device = device;
  }

  @Override
  public void find(Consumer<List<Router>> told) {
    Thread.ofVirtual()
        .name("sluice-routers")
        .start(() -> {
          List<Router> all = read();
          loop.execute(() -> told.accept(all));
        });
  }

  private List<Router> read() {
    List<Router> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(ROUTES)) {
        String[] words = line.strip().split("\\s+", -1);
        boolean router = words.length > 2 && words[1].equals(DEFAULT) && !words[2].equals(NOBODY);
        if (router && device.map(words[0]::equals).orElse(true)) {
          Optional<InetAddress> address = address(words[2]);
          address.flatMap(a -> local(words[0], a)).ifPresent(all::add);
        }
      }
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "no routes are read: {0}", e.getMessage());
    }
    return all;
  }

  /** Eight digits, the last byte first. */
  private static Optional<InetAddress> address(String hex) {
    if (!hex.matches("[0-9A-F]{8}")) {
      return Optional.empty();
    }
    int bits = Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16));
    byte[] bytes = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    return IpLiteral.ofBytes(bytes);
  }

  private static Optional<Router> local(String name, InetAddress router) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      return found == null
          ? Optional.empty()
          : found.getInterfaceAddresses().stream()
              .map(InterfaceAddress::getAddress)
              .filter(Inet4Address.class::isInstance)
              .findFirst()
              .map(own -> new Router(router, own));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }
}
