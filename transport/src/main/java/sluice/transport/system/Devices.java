package sluice.transport.system;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import sluice.transport.TransportConfig;
import sluice.transport.netty.Device;

/** Finds the network interface that sockets are to be bound to. Any thread. */
public final class Devices {
  private Devices() {}

  /**
   * The one that is set; else the one that has the addresses to connect from: the address alone
   * would not keep packets from leaving by another interface.
   */
  public static Device of(TransportConfig config) {
    Device device =
        config
            .binding()
            .device()
            .map(Device::named)
            .or(() ->
                config.sources().stream()
                    .flatMap(address -> owner(address).stream())
                    .findFirst()
                    .map(Device::preferred))
            .orElseGet(Device::any);
    return device.marked(config.binding().dscp());
  }

  /** The interface with {@code address}; none for this machine's own, which never leaves. */
  private static Optional<String> owner(InetAddress address) {
    try {
      return address.isLoopbackAddress() || address.isAnyLocalAddress()
          ? Optional.empty()
          : Optional.ofNullable(NetworkInterface.getByInetAddress(address))
              .map(NetworkInterface::getName);
    } catch (SocketException e) {
      return Optional.empty();
    }
  }
}
