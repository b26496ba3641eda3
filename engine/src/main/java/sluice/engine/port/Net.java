package sluice.engine.port;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.protocol.address.Endpoint;

/** Streams and datagrams. Call on the loop; handlers run on the loop. */
public interface Net {
  /** Accepts connections at {@code local} (port 0: any); tells {@code handler} how that went. */
  void listen(Endpoint local, ListenHandler handler);

  /** Opens a stream to {@code remote}; exactly one method of {@code handler} is called, later. */
  void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler);

  /** Binds a datagram socket at {@code local} (port 0: any). */
  void udp(Endpoint local, UdpHandler handler);

  /**
   * Joins the multicast group {@code group} on each interface that has one of {@code local}, or on
   * all if one of them is the unspecified address. What is sent to the group leaves by each of the
   * interfaces and does not go beyond the local network; what comes to it may come more than once.
   */
  default void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
    handler.onFault(null, new Fault(Fault.Kind.ADDRESS, "no multicast"));
  }

  /**
   * The same network for what belongs to {@code label}, such as a torrent: where others carry the
   * streams, as a proxy does, those of different labels are not to be brought together.
   */
  default Net lane(String label) {
    return this;
  }

  /** What becomes of {@link #listen}. */
  interface ListenHandler {
    /** Listening at {@code local}, which has the real port, until {@code listener} is closed. */
    void onListening(Endpoint local, Handle listener);

    /** A stream came in. Its handler is to be set within this call. */
    void onAccept(Pipe pipe);

    /** Not listening, or no longer. */
    void onFault(Fault fault);
  }

  /** What becomes of {@link #connect}. */
  interface ConnectHandler {
    /** The stream is open. Its handler is to be set within this call. */
    void onConnected(Pipe pipe);

    /** There is no stream. */
    void onFault(Fault fault);
  }

  /** What becomes of {@link #udp}. */
  interface UdpHandler {
    /** Bound at {@code local}, which has the real port. */
    void onBound(Endpoint local, Datagrams socket);

    /** A datagram came; {@code payload} is valid during the call only. */
    void onDatagram(Endpoint from, java.nio.ByteBuffer payload);

    /** Not bound, or a send failed; {@code to} names the destination of a failed send. */
    void onFault(@Nullable Endpoint to, Fault fault);
  }

  /** A bound datagram socket. */
  interface Datagrams extends Handle {
    /** Sends a copy of the remaining bytes of {@code payload}. */
    void send(Endpoint to, java.nio.ByteBuffer payload);

    /** The same, and lets the network cut it into fragments where it is too large. */
    default void sendInPieces(Endpoint to, java.nio.ByteBuffer payload) {
      send(to, payload);
    }

    /**
     * Says of the datagram that is being handed over that it was of no use. A socket that gets very
     * many of these may be read less often.
     */
    default void wasted() {}
  }

  /** Something that can be closed; closing twice does nothing. */
  interface Handle {
    /** Lets go of it. */
    void close();
  }
}
