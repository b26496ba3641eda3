package sluice.cli.wiring;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.client.ClientConfig;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.protocol.address.Endpoint;
import sluice.transport.Transport;

/** One request over the web, on a network of its own. */
final class WebFetch {
  private static final long FETCH_SECONDS = 60;

  private WebFetch() {}

  /** What is at {@code uri}; waits for it. */
  static byte[] of(URI uri, int maxBytes, ClientConfig config) throws InterruptedException {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    var request =
        new Http.Request(
                uri,
                config.engine().outgoing().map(e -> new Endpoint(e.address(), 0)),
                Optional.empty(),
                maxBytes,
                TimeUnit.SECONDS.toNanos(FETCH_SECONDS))
            .within(Reach.MACHINE);
    try (Transport transport = Transport.open(config.transport())) {
      transport.loop().execute(() -> transport.http().get(request, new Body(uri, body)));
      return body.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw new IllegalStateException("the request ended in a bug", e.getCause());
    }
  }

  /** Waits for the answer to {@link #of}. */
  private record Body(URI uri, CompletableFuture<byte[]> body) implements Http.Handler {
    @Override
    public void onAnswer(int status, byte[] bytes) {
      if (status == 200) {
        body.complete(bytes);
      } else {
        body.completeExceptionally(
            new Problem(
                status == 404 || status == 410 ? ExitCode.NOT_FOUND : ExitCode.FAILED,
                uri + ": the server answers " + status + "; check the address"));
      }
    }

    @Override
    public void onFault(Fault fault) {
      body.completeExceptionally(
          new Problem(
              ExitCode.FAILED,
              uri + " cannot be fetched: " + fault.detail() + "; check the address and network"));
    }
  }
}
