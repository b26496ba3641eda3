package sluice.engine.nat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Net;
import sluice.engine.port.Reach;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.nat.GatewayXml;
import sluice.protocol.nat.SsdpCodec;
import sluice.protocol.nat.Transport;

/**
 * A talk with the first UPnP gateway of the local network that answers a search. Its description
 * and its services are asked for at its own address only, wherever its answer points. Loop only.
 */
final class UpnpTalk implements Net.UdpHandler {
  private static final Endpoint GROUP =
      new Endpoint(InetAddress.ofLiteral("239.255.255.250"), SsdpCodec.PORT);
  private static final String CONNECTION =
      "urn:schemas-upnp-org:service:WAN(IP|PPP)Connection:[12]";
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long SEARCH_NANOS = 2 * SECOND_NANOS;
  private static final long RARELY_NANOS = 600 * SECOND_NANOS;
  private static final int SEARCHES = 3;
  private static final long HTTP_NANOS = 10 * SECOND_NANOS;
  private static final int OK = 200;

  /** The gateway takes only mappings without an end (UPnP error 725). */
  private static final String ENDLESS_ONLY = "725";

  private final PortMapping.Ports ports;
  private final InetAddress local;
  private final int port;
  private final Consumer<InetAddress> external;
  private Net.@Nullable Datagrams socket;
  private @Nullable Control control;
  private int searches;
  private long nextNanos;
  private boolean describing;
  private boolean mapped;

  /** Mappings that were asked for and not answered. */
  private int adding;

  private boolean closed;

  /** Where mappings are asked for. */
  private record Control(URI uri, String service) {}

  UpnpTalk(PortMapping.Ports ports, InetAddress local, int port, Consumer<InetAddress> external) {
    this.ports = ports;
    this.local = local;
    this.port = port;
    this.external = external;
  }

  void start() {
    ports.net().udp(new Endpoint(local, 0), this);
  }

  boolean isMapped() {
    return mapped;
  }

  @Override
  public void onBound(Endpoint at, Net.Datagrams bound) {
    socket = bound;
    nextNanos = ports.loop().now();
    tick(nextNanos);
  }

  /** Searches until there is a gateway, then renews what it has mapped. */
  void tick(long now) {
    if (closed || socket == null || now - nextNanos < 0) {
      return;
    }
    if (control != null) {
      nextNanos = now + PortMapping.LIFETIME_SECONDS / 2 * SECOND_NANOS;
      map(control);
    } else {
      searches++;
      nextNanos = now + (searches < SEARCHES ? SEARCH_NANOS : RARELY_NANOS);
      socket.send(GROUP, SsdpCodec.search(1));
      socket.send(GROUP, SsdpCodec.search(2));
    }
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    if (closed || control != null || describing || Reach.isPublic(from.address())) {
      return;
    }
    SsdpCodec.location(payload)
        .filter(uri -> IpLiteral.parse(uri.getHost()).equals(Optional.of(from.address())))
        .ifPresent(uri -> {
          describing = true;
          ask(
              new Http.Request(uri, Optional.empty(), Optional.empty(), maxBytes(), HTTP_NANOS),
              (status, body) -> described(uri, status, body));
        });
  }

  private static int maxBytes() {
    return GatewayXml.MAX_CHARS;
  }

  private void described(URI from, int status, String body) {
    describing = false;
    List<GatewayXml.Service> services =
        status == OK && !closed ? GatewayXml.services(body).orElse(List.of()) : List.of();
    services.stream()
        .filter(service -> service.type().matches(CONNECTION))
        .flatMap(service ->
            at(from, service.control()).map(u -> new Control(u, service.type())).stream())
        .findFirst()
        .ifPresent(found -> {
          control = found;
          nextNanos = ports.loop().now() + PortMapping.LIFETIME_SECONDS / 2 * SECOND_NANOS;
          map(found);
          call(found, "GetExternalIPAddress", "", this::told);
        });
  }

  /** A path of the same host and port. */
  private static Optional<URI> at(URI from, String control) {
    try {
      URI uri = from.resolve(control);
      boolean same =
          from.getAuthority().equals(uri.getAuthority()) && "http".equals(uri.getScheme());
      return same ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void told(int status, String body) {
    if (status == OK) {
      GatewayXml.text(body, "NewExternalIPAddress").flatMap(IpLiteral::parse).ifPresent(external);
    }
  }

  private void map(Control at) {
    // Whatever the answer: at the end it is taken back.
    mapped = true;
    for (Transport transport : Transport.values()) {
      map(at, transport, PortMapping.LIFETIME_SECONDS);
    }
  }

  private void map(Control at, Transport transport, int seconds) {
    String arguments =
        protocol(transport)
            + "<NewInternalPort>"
            + port
            + "</NewInternalPort>"
            + "<NewInternalClient>"
            + local.getHostAddress()
            + "</NewInternalClient>"
            + "<NewEnabled>1</NewEnabled>"
            + "<NewPortMappingDescription>BitTorrent</NewPortMappingDescription>"
            + "<NewLeaseDuration>"
            + seconds
            + "</NewLeaseDuration>";
    adding++;
    call(
        at,
        "AddPortMapping",
        arguments,
        (status, body) -> {
          adding--;
          boolean endless =
              seconds > 0 && GatewayXml.text(body, "errorCode").equals(Optional.of(ENDLESS_ONLY));
          if (closed) {
            takeBack();
          } else if (endless) {
            map(at, transport, 0);
          }
        });
  }

  private String protocol(Transport transport) {
    return "<NewRemoteHost></NewRemoteHost><NewExternalPort>"
        + port
        + "</NewExternalPort><NewProtocol>"
        + transport.name()
        + "</NewProtocol>";
  }

  private void call(
      Control at, String action, String arguments, BiConsumer<Integer, String> answer) {
    String body =
        "<?xml version=\"1.0\"?>\r\n<s:Envelope"
            + " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:"
            + action
            + " xmlns:u=\""
            + at.service()
            + "\">"
            + arguments
            + "</u:"
            + action
            + "></s:Body></s:Envelope>\r\n";
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
    headers.put("SOAPAction", "\"" + at.service() + "#" + action + "\"");
    ask(
        new Http.Request(
            at.uri(),
            Optional.of(new Http.Upload(headers, body)),
            Optional.empty(),
            Optional.empty(),
            Reach.ANY,
            maxBytes(),
            HTTP_NANOS),
        answer);
  }

  private void ask(Http.Request request, BiConsumer<Integer, String> answer) {
    ports
        .http()
        .get(
            request.within(Reach.MACHINE),
            new Http.Handler() {
              @Override
              public void onAnswer(int status, byte[] body) {
                answer.accept(status, new String(body, UTF_8));
              }

              @Override
              public void onFault(Fault fault) {
                answer.accept(0, "");
              }
            });
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    // No gateway can be searched for at this time.
  }

  /** Takes the mappings back. */
  void close() {
    closed = true;
    takeBack();
  }

  /** A request that is under way could come after the one that takes it back: it is waited for. */
  private void takeBack() {
    Control at = control;
    if (adding == 0 && mapped && at != null) {
      mapped = false;
      for (Transport transport : Transport.values()) {
        call(at, "DeletePortMapping", protocol(transport), (status, body) -> {});
      }
    }
  }

  void release() {
    if (socket != null) {
      socket.close();
    }
  }
}
