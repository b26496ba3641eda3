package sluice.transport.netty;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sockets that others send to and that are bound to an interface. When that is gone and another one
 * of its name is there, as when a tunnel is made again, they are made again, too: the system would
 * leave them bound to what is gone. Loop only.
 */
final class Renewals {
  /** How often is looked whether the interface is another one. */
  static final long LOOK_NANOS = 3_000_000_000L;

  private final NettyLoop loop;
  private final Set<Renewable> all = new LinkedHashSet<>();
  private int number;
  private boolean watching;

  /** A socket. */
  interface Renewable {
    /** Makes it anew, at the same address and port. */
    void renew();

    /** Whether that has failed, so that it is to be tried again. */
    boolean isBroken();
  }

  Renewals(NettyLoop loop) {
    this.loop = loop;
    this.number = loop.device().number();
  }

  /** Makes {@code socket} anew from here on, when that is needed. */
  void add(Renewable socket) {
    if (loop.device().isSet()) {
      all.add(socket);
      watch();
    }
  }

  /** The socket is not used any more. */
  void remove(Renewable socket) {
    all.remove(socket);
  }

  private void watch() {
    if (!watching) {
      watching = true;
      var _ = loop.after(LOOK_NANOS, this::look);
    }
  }

  /** To ask the system may take a moment. */
  private void look() {
    Thread.ofVirtual()
        .name("sluice-interface")
        .start(() -> {
          int seen = loop.device().number();
          loop.execute(() -> looked(seen));
        });
  }

  private void looked(int seen) {
    watching = false;
    boolean other = seen != 0 && seen != number;
    number = seen == 0 ? number : seen;
    for (Renewable socket : List.copyOf(all)) {
      if (other || socket.isBroken()) {
        socket.renew();
      }
    }
    if (!all.isEmpty()) {
      watch();
    }
  }
}
