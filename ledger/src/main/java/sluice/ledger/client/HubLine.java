package sluice.ledger.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers, without meaning. */
final class HubLine implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MAX_ANSWER_CHARS = 4 << 20;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String base;

  HubLine(URI hub) {
    String text = hub.toString();
    base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  String base() {
    return base;
  }

  /** The answer to one request; an answer that is none is an IOException. */
  JsonNode ask(String method, String target, String body, Map<String, String> headers)
      throws IOException, InterruptedException, HubException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(ANSWER)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json = json(response.body());
    if (response.statusCode() == 200) {
      return json;
    }
    if (response.statusCode() >= 500) {
      throw new IOException("the hub at " + base + " failed with " + response.statusCode());
    }
    throw new HubException(
        response.statusCode(), json.path("code").asString("?"), json.path("detail").asString(""));
  }

  private JsonNode json(String text) throws IOException {
    if (text.length() > MAX_ANSWER_CHARS) {
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
    http.close();
  }
}
