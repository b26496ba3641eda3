package sluice.cli.market;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import sluice.client.Web;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.ledger.client.HubCarrier;
import sluice.transport.Routes;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** The way to a hub for a program that is bound, or behind a proxy: the same as for announces. */
public final class HubWay implements HubCarrier {
  private final Transport transport;
  private final Web web;

  private HubWay(Transport transport) {
    this.transport = transport;
    this.web = new Web(transport);
  }

  /** The way that {@code config} leaves; nothing is between if nothing is to be kept to. */
  public static HubCarrier of(TransportConfig config) {
    boolean free =
        config.routes().equals(Routes.DIRECT)
            && config.binding().device().isEmpty()
            && config.binding().nameServers().isEmpty()
            && config.sources().isEmpty();
    return free ? HubCarrier.direct() : new HubWay(Transport.open(config));
  }

  @Override
  public Answer send(String method, URI target, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    if (method.equals("GET") != body.isEmpty()) {
      throw new IllegalArgumentException("a " + method + " of " + body.length() + " characters");
    }
    Optional<Http.Upload> upload = Optional.of(new Http.Upload(headers, body));
    Web.Answer answer =
        web.ask(new Web.Question(target, upload, Reach.ANY, MAX_ANSWER_BYTES, TIMEOUT_NANOS));
    return new Answer(answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    transport.close();
  }
}
