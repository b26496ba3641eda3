package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import sluice.market.sign.Domain;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayKey;
import sluice.market.sign.SignedRequest;

/** A member that talks to a hub over HTTP. */
final class Caller {
  private final HttpClient client;
  private final int port;
  private final Domain domain;
  private final PayKey key;
  private int nonce;

  Caller(HttpClient client, int port, Domain domain, PayKey key) {
    this(client, port, domain, key, 0);
  }

  /** One whose first nonce has this number. */
  Caller(HttpClient client, int port, Domain domain, PayKey key, int nonce) {
    this.nonce = nonce;
    this.client = client;
    this.port = port;
    this.domain = domain;
    this.key = key;
  }

  String hex() {
    return key.address().hex();
  }

  String get(String target, long unixMillis) throws IOException, InterruptedException {
    return send("GET", target, "", signed("GET", target, "", unixMillis));
  }

  String post(String target, String body, String idempotencyKey, long unixMillis)
      throws IOException, InterruptedException {
    Map<String, String> headers = signed("POST", target, body, unixMillis);
    headers.put("Idempotency-Key", idempotencyKey);
    return send("POST", target, body, headers);
  }

  /** Headers that sign a request. */
  Map<String, String> signed(String method, String target, String body, long unixMillis) {
    String once = key.address().hex().substring(0, 24) + String.format("%08x", nonce++);
    SignedRequest request =
        new SignedRequest(method, target, Keccak.of(body.getBytes(UTF_8)), unixMillis, once);
    Map<String, String> headers = new HashMap<>();
    headers.put("Bwpay-Account", hex());
    headers.put("Bwpay-Time", Long.toString(unixMillis));
    headers.put("Bwpay-Nonce", once);
    headers.put("Bwpay-Signature", key.sign(request.digest(domain)).toString());
    return headers;
  }

  /** Status, space, body. */
  String send(String method, String target, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
