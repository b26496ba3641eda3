package sluice.protocol.nat;

import java.net.InetAddress;
import java.util.Optional;

/** What a router answers by NAT-PMP or PCP. */
public sealed interface MapReply {
  /**
   * The port is mapped.
   *
   * @param seconds for how long
   * @param external the router's address, if it tells
   */
  record Mapped(
      Transport transport,
      int internalPort,
      int externalPort,
      long seconds,
      Optional<InetAddress> external)
      implements MapReply {}

  /** The router's address outside. */
  record External(InetAddress address) implements MapReply {}

  /** It does not speak the version that it was asked in. */
  record OtherVersion() implements MapReply {}

  /** It does not do it. */
  record Refused(int code) implements MapReply {}
}
