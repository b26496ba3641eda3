package sluice.tron.node;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Channels to nodes. No state. */
final class Lines {
  /** Largest message of a node; a block has 2 MB at most. */
  private static final int MAX_MESSAGE_BYTES = 8 << 20;

  private static final int MAX_HEADER_BYTES = 8 << 10;
  private static final long KEEP_ALIVE_SECONDS = 60;
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("TRON-PRO-API-KEY", Metadata.ASCII_STRING_MARSHALLER);

  private Lines() {}

  static ManagedChannel open(NodeSettings settings, String target) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget("dns:///" + target)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_HEADER_BYTES)
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .disableRetry();
    if (!settings.tls()) {
      builder.usePlaintext();
    } else if (settings.certificate().isPresent()) {
      builder.sslContext(trusting(settings.certificate().get()));
    } else {
      builder.useTransportSecurity();
    }
    settings
        .apiKey()
        .ifPresent(key -> {
          Metadata headers = new Metadata();
          headers.put(KEY, key);
          builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        });
    return builder.build();
  }

  /** TLS with who has this certificate, or one that it has signed, and the right name in it. */
  private static SslContext trusting(Path certificate) {
    try {
      return GrpcSslContexts.forClient().trustManager(certificate.toFile()).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(certificate + " has no certificate in PEM", e);
    }
  }

  static NodeException failure(Status status) {
    NodeException.Kind kind =
        switch (status.getCode()) {
          case DEADLINE_EXCEEDED -> NodeException.Kind.TIMEOUT;
          case UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED -> NodeException.Kind.REFUSED;
          default -> NodeException.Kind.UNREACHABLE; // all else is of the connection
        };
    String why = status.getDescription() == null ? "" : ": " + status.getDescription();
    return new NodeException(kind, (status.getCode() + why).replaceAll("[^ -~]", "?"));
  }
}
