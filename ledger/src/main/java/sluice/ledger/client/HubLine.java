package sluice.ledger.client;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers, without meaning. */
final class HubLine implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final HubCarrier carrier;
  private final String base;

  HubLine(URI hub, HubCarrier carrier) {
    this.carrier = carrier;
    String text = hub.toString();
    base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  String base() {
    return base;
  }

  /** The answer to one request; an answer that is none is an IOException. */
  JsonNode ask(String method, String target, String body, Map<String, String> headers)
      throws IOException, InterruptedException, HubException {
    HubCarrier.Answer response = carrier.send(method, URI.create(base + target), body, headers);
    JsonNode json = json(response.body());
    if (response.status() == 200) {
      return json;
    }
    if (response.status() >= 500) {
      throw new IOException("the hub at " + base + " failed with " + response.status());
    }
    throw new HubException(
        response.status(), json.path("code").asString("?"), json.path("detail").asString(""));
  }

  private JsonNode json(String text) throws IOException {
    if (text.length() > HubCarrier.MAX_ANSWER_BYTES) {
      throw new IOException("the hub at " + base + " answers too much");
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new IOException("at " + base + " is no hub: its answer is no JSON", e);
    }
    throw new IOException("at " + base + " is no hub: its answer is no JSON object");
  }

  @Override
  public void close() {
    carrier.close();
  }
}
