package sluice.engine.port;

import java.net.InetAddress;
import java.util.List;

/** Names to addresses. Call on the loop; the handler runs on the loop, exactly once. */
public interface Resolver {
  /** All addresses of {@code host}, which may be a literal. */
  void resolve(String host, Handler handler);

  /** Receives the answer. */
  interface Handler {
    /** At least one address. */
    void onResolved(List<InetAddress> addresses);

    /** None. */
    void onFault(Fault fault);
  }
}
