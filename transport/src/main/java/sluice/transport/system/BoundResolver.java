package sluice.transport.system;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.dns.DnsAnswer;
import sluice.protocol.dns.DnsCodec;
import sluice.protocol.dns.DnsType;
import sluice.protocol.proxy.HostNames;
import sluice.transport.TransportConfig;

/**
 * Names asked of name servers by sockets that are bound as all others are, where the system would
 * ask by any interface. The file of hosts goes before. Loop only.
 */
public final class BoundResolver implements Resolver {
  private static final int DNS_PORT = 53;
  private static final int MAX_LOOKUPS = 256;
  private static final int ROUNDS = 2;
  private static final long WAIT_NANOS = 3_000_000_000L;

  private final Loop loop;
  private final Net net;
  private final Entropy entropy;
  private final NameFiles files;
  private final QuestionSource from;
  private final TextLookups texts;
  private int lookups;

  /** Asks by sockets of {@code net}. */
  public BoundResolver(Loop loop, Net net, Entropy entropy, TransportConfig config) {
    this.loop = loop;
    this.net = net;
    this.entropy = entropy;
    this.files = NameFiles.ofSystem(config.binding().nameServers());
    this.texts = new TextLookups(loop, net, entropy, config);
    this.from = QuestionSource.of(config);
  }

  @Override
  public void texts(String host, Consumer<List<String>> told) {
    texts.ask(host, told);
  }

  @Override
  public void resolve(String host, Handler handler) {
    Optional<InetAddress> known = HostNames.address(host);
    if (known.isPresent()) {
      loop.execute(() -> handler.onResolved(List.of(known.get())));
    } else if (!HostNames.isName(host) || !DnsCodec.isName(host)) {
      fail(handler, "not a name: " + host);
    } else if (lookups == MAX_LOOKUPS) {
      fail(handler, "too many name lookups at once");
    } else {
      lookups++;
      Thread.ofVirtual()
          .name("sluice-names")
          .start(() -> {
            NameFiles.Read read = files.read(host);
            loop.execute(() -> ask(host, read, handler));
          });
    }
  }

  private void fail(Handler handler, String detail) {
    Fault fault = new Fault(Fault.Kind.UNKNOWN_HOST, detail);
    loop.execute(() -> handler.onFault(fault));
  }

  private void ask(String host, NameFiles.Read read, Handler handler) {
    if (!read.addresses().isEmpty()) {
      lookups--;
      handler.onResolved(read.addresses());
    } else if (read.servers().isEmpty()) {
      lookups--;
      handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, "no name server is known"));
    } else {
      new Lookup(host, read.servers(), handler).next();
    }
  }

  /** One name, asked of one server after the other; a socket for each, with a port of its own. */
  private final class Lookup {
    private final String host;
    private final List<InetAddress> servers;
    private final Handler handler;
    private int tries;
    private @Nullable Turn turn;

    Lookup(String host, List<InetAddress> servers, Handler handler) {
      this.host = host;
      this.servers = servers;
      this.handler = handler;
    }

    void next() {
      if (tries == ROUNDS * servers.size()) {
        end(() -> fail("no name server answers for " + host));
        return;
      }
      Turn asking = new Turn(this, servers.get(tries++ % servers.size()));
      turn = asking;
      net.udp(from.to(asking.server.address()), asking);
      loop.after(WAIT_NANOS, () -> over(asking));
    }

    /** {@code asked} brings no more. */
    void over(Turn asked) {
      if (turn == asked) {
        asked.close();
        List<InetAddress> found = asked.found();
        if (found.isEmpty()) {
          next();
        } else {
          end(() -> handler.onResolved(found));
        }
      }
    }

    void answered(Turn asked) {
      if (turn == asked) {
        asked.close();
        List<InetAddress> found = asked.found();
        boolean refused = asked.isRefused();
        if (refused) {
          next();
        } else {
          end(() -> {
            if (found.isEmpty()) {
              fail("unknown host: " + host);
            } else {
              handler.onResolved(found);
            }
          });
        }
      }
    }

    private void fail(String detail) {
      handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, detail));
    }

    private void end(Runnable tell) {
      turn = null;
      lookups--;
      tell.run();
    }
  }

  /** Both families asked of one server. */
  private final class Turn implements Net.UdpHandler {
    private final Lookup lookup;
    private final Endpoint server;
    private final int idA = entropy.nextInt(1 << 16);
    private final int idAaaa = entropy.nextInt(1 << 16);
    private Net.@Nullable Datagrams socket;
    private boolean closed;
    private @Nullable DnsAnswer ipv4;
    private @Nullable DnsAnswer ipv6;

    Turn(Lookup lookup, InetAddress server) {
      this.lookup = lookup;
      this.server = new Endpoint(server, DNS_PORT);
    }

    @Override
    public void onBound(Endpoint at, Net.Datagrams bound) {
      socket = bound;
      if (closed) {
        bound.close();
        return;
      }
      bound.send(server, DnsCodec.question(idA, lookup.host, DnsType.A));
      bound.send(server, DnsCodec.question(idAaaa, lookup.host, DnsType.AAAA));
    }

    @Override
    public void onDatagram(Endpoint sender, ByteBuffer payload) {
      if (!sender.equals(server)) {
        return;
      }
      DnsCodec.answer(payload, idA, lookup.host, DnsType.A).ifPresent(a -> ipv4 = a);
      DnsCodec.answer(payload, idAaaa, lookup.host, DnsType.AAAA).ifPresent(a -> ipv6 = a);
      if (ipv4 != null && ipv6 != null) {
        lookup.answered(this);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      loop.execute(() -> lookup.over(this));
    }

    boolean isRefused() {
      return found().isEmpty() && (isBad(ipv4) || isBad(ipv6));
    }

    private static boolean isBad(@Nullable DnsAnswer answer) {
      return answer == null || answer.refused();
    }

    List<InetAddress> found() {
      List<InetAddress> all = new ArrayList<>();
      if (ipv4 != null) {
        all.addAll(ipv4.addresses());
      }
      if (ipv6 != null) {
        all.addAll(ipv6.addresses());
      }
      return List.copyOf(all);
    }

    void close() {
      closed = true;
      if (socket != null) {
        socket.close();
      }
    }
  }
}
