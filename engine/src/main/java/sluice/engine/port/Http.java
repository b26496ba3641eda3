package sluice.engine.port;

import java.net.URI;
import java.util.Optional;
import sluice.protocol.address.Endpoint;

/** HTTP and HTTPS requests. Call on the loop; the handler runs on the loop, exactly once. */
public interface Http {
  /** Asks for {@code request}. */
  void get(Request request, Handler handler);

  /**
   * A GET.
   *
   * @param uri absolute, http or https; its raw query is sent as it is
   * @param local address to connect from; empty leaves it to the system
   * @param ipv6 which address family to use; empty for any
   * @param maxBodyBytes larger bodies, also after decompression, are a fault
   * @param timeoutNanos for the whole exchange, redirects (at most 5) included
   */
  record Request(
      URI uri,
      Optional<Endpoint> local,
      Optional<Boolean> ipv6,
      int maxBodyBytes,
      long timeoutNanos) {}

  /** Receives the answer. */
  interface Handler {
    /** The server answered; {@code body} belongs to the receiver. */
    void onAnswer(int status, byte[] body);

    /** There is no answer. */
    void onFault(Fault fault);
  }
}
