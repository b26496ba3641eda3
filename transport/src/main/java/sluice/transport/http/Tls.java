package sluice.transport.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;

/**
 * TLS of the JDK with its default trust and a check of the host name. The trust store is read once,
 * at the first use, on a virtual thread. Loop only.
 */
public final class Tls {
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final Loop loop;
  private final @Nullable TrustManager trust;
  private @Nullable CompletableFuture<SslContext> context;

  private Tls(Loop loop, @Nullable TrustManager trust) {
    this.loop = loop;
    this.trust = trust;
  }

  /** TLS that trusts what the JDK trusts. */
  public static Tls standard(Loop loop) {
    return new Tls(loop, null);
  }

  /** TLS that trusts what {@code trust} says. */
  static Tls trusting(Loop loop, TrustManager trust) {
    return new Tls(loop, trust);
  }

  /**
   * Gives a maker of handlers to {@code ready}, or the cause why there is none to {@code failed}.
   */
  void prepare(Consumer<SslContext> ready, Consumer<Throwable> failed) {
    if (context == null) {
      context = CompletableFuture.supplyAsync(this::build, VIRTUAL);
    }
    var _ =
        context.whenCompleteAsync(
            (made, cause) -> {
              if (made != null) {
                ready.accept(made);
              } else {
                failed.accept(cause instanceof CompletionException c ? inner(c) : cause);
              }
            },
            loop::execute);
  }

  private static Throwable inner(CompletionException wrapped) {
    Throwable cause = wrapped.getCause();
    return cause == null ? wrapped : cause;
  }

  private SslContext build() {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS");
    if (trust != null) {
      builder.trustManager(trust);
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new CompletionException(e);
    }
  }

  /** A handler for {@code channel} that expects the certificate of {@code host}. */
  static SslHandler handler(SslContext context, SocketChannel channel, String host, int port) {
    return context.newHandler(channel.alloc(), host, port, VIRTUAL);
  }
}
