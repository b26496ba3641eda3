package sluice.engine.fake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PeerId;

/** Addresses and ids of invented hosts. */
public final class Hosts {
  private static final int PORT = 6_881;

  private Hosts() {}

  /** Host {@code n} of up to 65,536, at the usual port. */
  public static Endpoint host(int n) {
    return host(n, PORT);
  }

  /** Port {@code port} of host {@code n}. */
  public static Endpoint host(int n, int port) {
    try {
      byte[] address = {(byte) 198, 18, (byte) (n >> 8), (byte) n};
      return new Endpoint(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Any address, at {@code port}. */
  public static Endpoint any(int port) {
    try {
      return new Endpoint(InetAddress.getByAddress(new byte[4]), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of peer {@code n}; ids sort like the numbers. */
  public static PeerId id(int n) {
    return new PeerId("-XX0001-%012d".formatted(n).getBytes(StandardCharsets.US_ASCII));
  }
}
