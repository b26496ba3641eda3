package sluice.transport.system;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.dns.DnsAnswer;
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
  private final Net net;
  private final Entropy entropy;
  private final NameFiles files;
  private final int port;
  private final QuestionSource from;
  private int lookups;

  /** Asks by sockets of {@code net}. */
  public TextLookups(Loop loop, Net net, Entropy entropy, TransportConfig config) {
    this(loop, net, entropy, config, DNS_PORT);
  }

  TextLookups(Loop loop, Net net, Entropy entropy, TransportConfig config, int port) {
    this.loop = loop;
    this.net = net;
    this.entropy = entropy;
    this.files = NameFiles.ofSystem(config.binding().nameServers());
    this.from = QuestionSource.of(config);
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
          List<InetAddress> servers = read.addresses().isEmpty() ? read.servers() : List.of();
          loop.execute(() -> new Lookup(host, servers, told).next());
        });
  }

  /** One name, asked of one server after the other. */
  private final class Lookup {
    private final String host;
    private final List<InetAddress> servers;
    private final Consumer<List<String>> told;
    private int tries;
    private @Nullable Question question;

    Lookup(String host, List<InetAddress> servers, Consumer<List<String>> told) {
      this.host = host;
      this.servers = servers;
      this.told = told;
    }

    void next() {
      if (tries == Math.min(TRIES, servers.size())) {
        end(List.of());
        return;
      }
      Question asking = new Question(this, new Endpoint(servers.get(tries++), port));
      question = asking;
      net.udp(from.to(asking.server.address()), asking);
      loop.after(WAIT_NANOS, () -> over(asking));
    }

    void over(Question asked) {
      if (question == asked) {
        asked.close();
        next();
      }
    }

    void answered(Question asked, DnsAnswer answer) {
      if (question == asked) {
        asked.close();
        if (answer.refused()) {
          next();
        } else {
          end(answer.texts());
        }
      }
    }

    private void end(List<String> texts) {
      question = null;
      lookups--;
      told.accept(texts);
    }
  }

  /** One server asked. */
  private final class Question implements Net.UdpHandler {
    private final Lookup lookup;
    private final Endpoint server;
    private final int id = entropy.nextInt(1 << 16);
    private Net.@Nullable Datagrams socket;
    private boolean closed;

    Question(Lookup lookup, Endpoint server) {
      this.lookup = lookup;
      this.server = server;
    }

    @Override
    public void onBound(Endpoint at, Net.Datagrams bound) {
      socket = bound;
      if (closed) {
        bound.close();
        return;
      }
      bound.send(server, DnsCodec.question(id, lookup.host, DnsType.TXT));
    }

    @Override
    public void onDatagram(Endpoint sender, ByteBuffer payload) {
      if (sender.equals(server)) {
        DnsCodec.answer(payload, id, lookup.host, DnsType.TXT)
            .ifPresent(answer -> lookup.answered(this, answer));
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      loop.execute(() -> lookup.over(this));
    }

    void close() {
      closed = true;
      if (socket != null) {
        socket.close();
      }
    }
  }
}
