package sluice.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Remote calls by HTTP, with the session header that transmission asks for. */
final class Rpc {
  private static final String SESSION = "X-Transmission-Session-Id";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI uri;
  private String session = "none";

  Rpc(int port, String path) {
    this.uri = URI.create("http://127.0.0.1:" + port + path);
  }

  /** Posts {@code body} and returns the body of the answer. */
  String call(String body) {
    HttpResponse<String> answer = post(body);
    if (answer.statusCode() == 409) {
      session = answer.headers().firstValue(SESSION).orElseThrow();
      answer = post(body);
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError(uri + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** The body of a page, byte for character. */
  static String fetch(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    return send(request).body();
  }

  private HttpResponse<String> post(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header(SESSION, session)
            .POST(BodyPublishers.ofString(body))
            .build();
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
