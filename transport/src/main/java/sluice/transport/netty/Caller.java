package sluice.transport.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.Destination;

/** Opens TCP channels, by itself or through somebody. Loop only. */
public interface Caller {
  /** Whether names are taken as they are, to be resolved at the other end. */
  boolean takesNames();

  /**
   * Connects, with the one handler that {@code handler} makes for the channel. May tell at once.
   */
  void dial(Call call, Function<SocketChannel, ChannelHandler> handler, Outcome outcome);

  /** The same for what belongs to {@code label}; see {@link sluice.engine.port.Net#lane}. */
  Caller lane(String label);

  /** A channel that is to be connected. */
  record Call(Destination to, Optional<Endpoint> local, long timeoutNanos) {}

  /** What becomes of a call. */
  interface Outcome {
    /** The channel is open. */
    void onOpen(SocketChannel channel);

    /** There is no channel. */
    void onFault(Fault fault);
  }
}
