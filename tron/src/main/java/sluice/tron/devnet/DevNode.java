package sluice.tron.devnet;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tron.trident.proto.Response.BlockExtention;
import sluice.tron.node.NodeSettings;

/**
 * A node of a {@link DevChain} on loopback: both services, with what goes wrong when it is told to.
 */
public final class DevNode implements AutoCloseable {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("TRON-PRO-API-KEY", Metadata.ASCII_STRING_MARSHALLER);

  private final Server full;
  private final Server solidity;
  private volatile FaultPlan faults = FaultPlan.NONE;
  private volatile int behind;
  private volatile UnaryOperator<BlockExtention> forgery = UnaryOperator.identity();

  /** What goes wrong with the next call; asked once for each. */
  public interface FaultPlan {
    /** All is well. */
    FaultPlan NONE = () -> NodeFault.NONE;

    /** What goes wrong. */
    NodeFault next();
  }

  /**
   * How a node is reached.
   *
   * @param fullPort and solidityPort 0 for any that is free
   * @param certificate and key PEM files for TLS; without them it speaks none
   * @param apiKey that callers must have; without it everybody may call
   */
  public record Access(
      int fullPort,
      int solidityPort,
      Optional<File> certificate,
      Optional<File> key,
      Optional<String> apiKey) {
    /** On free ports, without TLS and key. */
    public static final Access OPEN =
        new Access(0, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private DevNode(DevChain chain, Access access) throws IOException {
    Views views = new Views(chain, () -> behind);
    full =
        server(
            access, access.fullPort(), new FullService(views, () -> faults.next(), () -> forgery));
    solidity =
        server(
            access,
            access.solidityPort(),
            new SolidityService(views, () -> faults.next(), () -> forgery));
  }

  /** Starts a node on this machine. */
  public static DevNode start(DevChain chain, Access access) throws IOException {
    return new DevNode(chain, access);
  }

  private static Server server(Access access, int port, io.grpc.BindableService service)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(service);
    if (access.certificate().isPresent()) {
      builder.useTransportSecurity(access.certificate().get(), access.key().orElseThrow());
    }
    access.apiKey().ifPresent(key -> builder.intercept(new Doorkeeper(key)));
    return builder.build().start();
  }

  /** How a client reaches it. */
  public NodeSettings settings() {
    return NodeSettings.plain("127.0.0.1:" + full.getPort(), "127.0.0.1:" + solidity.getPort());
  }

  /** The same with a deadline for each call. */
  public NodeSettings settings(Duration deadline) {
    NodeSettings open = settings();
    return new NodeSettings(
        open.full(), open.solidity(), false, Optional.empty(), Optional.empty(), deadline);
  }

  /** From here on calls go wrong like this. */
  public void fail(FaultPlan plan) {
    faults = plan;
  }

  /** From here on it is so many blocks late. */
  public void lag(int blocks) {
    behind = blocks;
  }

  /** From here on it shows other blocks than there are. */
  public void forge(UnaryOperator<BlockExtention> lie) {
    forgery = lie;
  }

  @Override
  public void close() {
    full.shutdownNow();
    solidity.shutdownNow();
  }

  /** Lets in who has the key. */
  private record Doorkeeper(String key) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (key.equals(headers.get(KEY))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("no key"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
