package sluice.ledger.api;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A hub's HTTP server. */
public final class HubServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HubServer.class.getName());

  private static final int TOO_MANY = 429;

  private final WebServer server;
  private final InetAddress address;

  /** Serves {@code api} at {@code address}; port 0 takes any. */
  public HubServer(Api api, InetSocketAddress address) {
    this(api, address, Optional.empty());
  }

  /** The same, within TLS if there is a certificate. */
  public HubServer(Api api, InetSocketAddress address, Optional<TlsFiles> tls) {
    this.address = address.getAddress();
    WebServerConfig.Builder builder =
        WebServer.builder()
            .address(address.getAddress())
            .port(address.getPort())
            .maxPayloadSize(Body.MAX_BYTES)
            .shutdownHook(false)
            .routing(routing -> routing.any((request, response) -> serve(api, request, response)));
    tls.ifPresent(files -> builder.tls(tls(files)));
    server = builder.build().start();
  }

  private static Tls tls(TlsFiles files) {
    Keys keys =
        Keys.builder()
            .pem(pem ->
                pem.key(Resource.create(files.key()))
                    .certChain(Resource.create(files.certificate())))
            .build();
    return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(address, server.port());
  }

  /** The port at which it listens. */
  public int port() {
    return server.port();
  }

  private static void serve(Api api, ServerRequest request, ServerResponse response) {
    ApiResponse answer;
    try {
      answer = api.answer(read(request));
    } catch (ApiProblem e) {
      answer = Api.problem(e.status(), e.code(), e.detail());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request failed: " + request.path().path(), e);
      answer = Api.problem(500, "INTERNAL", "the hub failed; nothing was done");
    }
    response.status(Status.create(answer.status()));
    response.header(HeaderNames.CONTENT_TYPE, answer.type());
    if (answer.status() == TOO_MANY) {
      response.header(HeaderNames.RETRY_AFTER, Integer.toString(ApiResponse.RETRY_SECONDS));
    }
    response.send(answer.body());
  }

  private static ApiRequest read(ServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.putIfAbsent(header.headerName().lowerCase(), header.get()));
    String query = request.query().rawValue();
    String target = request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
    return new ApiRequest(
        request.prologue().method().text(), target, headers, body(request), remote(request));
  }

  private static InetAddress remote(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  private static byte[] body(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(Body.MAX_BYTES + 1);
      if (bytes.length > Body.MAX_BYTES) {
        throw new ApiProblem(413, "TOO_LARGE", "a body has at most " + Body.MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new ApiProblem(400, "BAD_REQUEST", "the body was cut off");
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
