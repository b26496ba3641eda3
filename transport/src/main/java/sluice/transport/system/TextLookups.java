package sluice.transport.system;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.dns.DnsCodec;
import sluice.protocol.dns.DnsType;
import sluice.protocol.proxy.HostNames;
import sluice.transport.TransportConfig;

/**
 * Texts of names, which the system does not look up: asked of the name servers that it has, of two
 * at the most and not for long, as nothing depends on them. Loop only.
 */
public final class TextLookups {
  private static final int DNS_PORT = 53;
  private static final int MAX_LOOKUPS = 64;
  private static final int TRIES = 2;
  private static final long WAIT_NANOS = 1_500_000_000L;

  private final Loop loop;
  private final NameServers servers;
  private final NameFiles files;
  private final int port;
  private int lookups;

  /** Asks by sockets of {@code net}. */
  public TextLookups(Loop loop, Net net, Entropy entropy, TransportConfig config) {
    this(loop, net, entropy, config, DNS_PORT);
  }

  TextLookups(Loop loop, Net net, Entropy entropy, TransportConfig config, int port) {
    this.loop = loop;
    this.servers = new NameServers(loop, net, entropy, QuestionSource.of(config));
    this.files = NameFiles.ofSystem(config.binding().nameServers());
    this.port = port;
  }

  /** The texts of {@code host}, told once and later; none if nobody says any. */
  public void ask(String host, Consumer<List<String>> told) {
    boolean can = HostNames.isName(host) && DnsCodec.isName(host) && lookups < MAX_LOOKUPS;
    if (!can || HostNames.address(host).isPresent()) {
      loop.execute(() -> told.accept(List.of()));
      return;
    }
    lookups++;
    Thread.ofVirtual()
        .name("sluice-names")
        .start(() -> {
          NameFiles.Read read = files.read(host);
          List<InetAddress> hosts = read.addresses().isEmpty() ? read.servers() : List.of();
          loop.execute(() -> new Lookup(host, hosts, told).next());
        });
  }

  /** One name, asked of one server after the other. */
  private final class Lookup implements NameServers.Asker {
    private final String host;
    private final List<InetAddress> hosts;
    private final Consumer<List<String>> told;
    private int tries;
    private NameServers.@Nullable Asking asking;

    Lookup(String host, List<InetAddress> hosts, Consumer<List<String>> told) {
      this.host = host;
      this.hosts = hosts;
      this.told = told;
    }

    void next() {
      if (tries == Math.min(TRIES, hosts.size())) {
        end(List.of());
      } else {
        Endpoint server = new Endpoint(hosts.get(tries++), port);
        asking = servers.ask(server, host, List.of(DnsType.TXT), WAIT_NANOS, this);
      }
    }

    @Override
    public void onSilence(NameServers.Asking asked) {
      if (asking == asked) {
        asked.close();
        next();
      }
    }

    @Override
    public void onAnswered(NameServers.Asking asked) {
      if (asking == asked) {
        asked.close();
        asked
            .answer(DnsType.TXT)
            .filter(answer -> !answer.refused())
            .ifPresentOrElse(answer -> end(answer.texts()), this::next);
      }
    }

    private void end(List<String> texts) {
      asking = null;
      lookups--;
      told.accept(texts);
    }
  }
}
