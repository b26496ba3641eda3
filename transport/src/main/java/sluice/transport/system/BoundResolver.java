package sluice.transport.system;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
  private static final List<DnsType> FAMILIES = List.of(DnsType.A, DnsType.AAAA);

  private final Loop loop;
  private final NameServers servers;
  private final NameFiles files;
  private final TextLookups texts;
  private int lookups;

  /** Asks by sockets of {@code net}. */
  public BoundResolver(Loop loop, Net net, Entropy entropy, TransportConfig config) {
    this.loop = loop;
    this.servers = new NameServers(loop, net, entropy, QuestionSource.of(config));
    this.files = NameFiles.ofSystem(config.binding().nameServers());
    this.texts = new TextLookups(loop, net, entropy, config);
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

  /** One name, asked of one server after the other; both families of one at a time. */
  private final class Lookup implements NameServers.Asker {
    private final String host;
    private final List<InetAddress> hosts;
    private final Handler handler;
    private int tries;
    private NameServers.@Nullable Asking asking;

    Lookup(String host, List<InetAddress> hosts, Handler handler) {
      this.host = host;
      this.hosts = hosts;
      this.handler = handler;
    }

    void next() {
      if (tries == ROUNDS * hosts.size()) {
        end(() -> fail("no name server answers for " + host));
      } else {
        Endpoint server = new Endpoint(hosts.get(tries++ % hosts.size()), DNS_PORT);
        asking = servers.ask(server, host, FAMILIES, WAIT_NANOS, this);
      }
    }

    /** One family may have been told. */
    @Override
    public void onSilence(NameServers.Asking asked) {
      if (asking == asked) {
        asked.close();
        List<InetAddress> found = found(asked);
        if (found.isEmpty()) {
          next();
        } else {
          end(() -> handler.onResolved(found));
        }
      }
    }

    @Override
    public void onAnswered(NameServers.Asking asked) {
      if (asking == asked) {
        asked.close();
        List<InetAddress> found = found(asked);
        if (!found.isEmpty()) {
          end(() -> handler.onResolved(found));
        } else if (answers(asked).anyMatch(DnsAnswer::refused)) {
          next();
        } else {
          end(() -> fail("unknown host: " + host));
        }
      }
    }

    private static Stream<DnsAnswer> answers(NameServers.Asking asked) {
      return FAMILIES.stream().flatMap(family -> asked.answer(family).stream());
    }

    private static List<InetAddress> found(NameServers.Asking asked) {
      return answers(asked).flatMap(answer -> answer.addresses().stream()).toList();
    }

    private void fail(String detail) {
      handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, detail));
    }

    private void end(Runnable tell) {
      asking = null;
      lookups--;
      tell.run();
    }
  }
}
