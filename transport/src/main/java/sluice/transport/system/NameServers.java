package sluice.transport.system;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.dns.DnsAnswer;
import sluice.protocol.dns.DnsCodec;
import sluice.protocol.dns.DnsType;

/**
 * Asks name servers by sockets of ours; each time by another one, with a port of its own. Loop
 * only.
 */
record NameServers(Loop loop, Net net, Entropy entropy, QuestionSource from) {

  /** Who asks. */
  interface Asker {
    /** Every question has its answer. */
    void onAnswered(Asking asking);

    /** There will be no more answers: the server cannot be reached, or it took too long. */
    void onSilence(Asking asking);
  }

  /** Asks {@code server} for each of {@code types} of {@code host}, and waits for so long. */
  Asking ask(Endpoint server, String host, List<DnsType> types, long waitNanos, Asker asker) {
    Asking asking = new Asking(server, host, types, asker);
    net.udp(from.to(server.address()), asking);
    loop.after(waitNanos, () -> asker.onSilence(asking));
    return asking;
  }

  /** One server asked for one name. */
  final class Asking implements Net.UdpHandler {
    private final Endpoint server;
    private final String host;
    private final Map<DnsType, Integer> questions = new LinkedHashMap<>();
    private final Map<DnsType, DnsAnswer> answers = new EnumMap<>(DnsType.class);
    private final Asker asker;
    private Net.@Nullable Datagrams socket;
    private boolean closed;

    private Asking(Endpoint server, String host, List<DnsType> types, Asker asker) {
      this.server = server;
      this.host = host;
      this.asker = asker;
      types.forEach(type -> questions.put(type, entropy.nextInt(1 << 16)));
    }

    /** What the server said of {@code type}. */
    Optional<DnsAnswer> answer(DnsType type) {
      return Optional.ofNullable(answers.get(type));
    }

    @Override
    public void onBound(Endpoint at, Net.Datagrams bound) {
      socket = bound;
      if (closed) {
        bound.close();
        return;
      }
      questions.forEach((type, id) -> bound.send(server, DnsCodec.question(id, host, type)));
    }

    @Override
    public void onDatagram(Endpoint sender, ByteBuffer payload) {
      if (!sender.equals(server) || closed) {
        return;
      }
      questions.forEach((type, id) ->
          DnsCodec.answer(payload, id, host, type).ifPresent(answer -> answers.put(type, answer)));
      if (answers.size() == questions.size()) {
        asker.onAnswered(this);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      loop.execute(() -> asker.onSilence(this));
    }

    /** Hears no more. */
    void close() {
      closed = true;
      if (socket != null) {
        socket.close();
      }
    }
  }
}
