package sluice.engine.port;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Names to addresses. Call on the loop; the handler runs on the loop, exactly once. */
public interface Resolver {
  /** All addresses of {@code host}, which may be a literal. */
  void resolve(String host, Handler handler);

  /** The texts of {@code host}, told once, perhaps at once; none where they cannot be had. */
  default void texts(String host, Consumer<List<String>> told) {
    told.accept(List.of());
  }

  /** Receives the answer. */
  interface Handler {
    /** At least one address. */
    void onResolved(List<InetAddress> addresses);

    /** None. */
    void onFault(Fault fault);
  }
}
