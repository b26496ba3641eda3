package sluice.protocol.nat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** The search for UPnP devices (SSDP): a request to a group, and answers like heads of HTTP. */
public final class SsdpCodec {
  /** Port of the group 239.255.255.250. */
  public static final int PORT = 1_900;

  private static final int MAX_BYTES = 2_048;
  private static final int MAX_LINES = 64;
  private static final String GATEWAY = "urn:schemas-upnp-org:device:InternetGatewayDevice:";

  private SsdpCodec() {}

  /** A search for gateways of {@code version} 1 or 2. */
  public static ByteBuffer search(int version) {
    String text =
        "M-SEARCH * HTTP/1.1\r\n"
            + "HOST: 239.255.255.250:1900\r\n"
            + "MAN: \"ssdp:discover\"\r\n"
            + "MX: 2\r\n"
            + "ST: "
            + GATEWAY
            + version
            + "\r\n\r\n";
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  /** Where the description of a gateway is that answers; empty for everything else. */
  public static Optional<URI> location(ByteBuffer datagram) {
    if (datagram.remaining() > MAX_BYTES) {
      return Optional.empty();
    }
    String[] lines = ISO_8859_1.decode(datagram.duplicate()).toString().split("\r\n", MAX_LINES);
    if (!lines[0].matches("HTTP/1\\.[01] 200( .*)?")) {
      return Optional.empty();
    }
    Optional<URI> found = Optional.empty();
    boolean gateway = false;
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("location")) {
        found = uri(value);
      } else if (name.equals("st")) {
        gateway = value.startsWith(GATEWAY);
      }
    }
    return gateway ? found : Optional.empty();
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      return "http".equals(uri.getScheme()) && uri.getHost() != null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
