package sluice.ledger.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between a client and a hub, and cuts each connection once so many bytes of the request, or
 * of the reply, have passed.
 */
final class Cutter implements AutoCloseable {
  static final int NEVER = Integer.MAX_VALUE;
  private static final int BUFFER_BYTES = 8_192;

  private final ServerSocket door;
  private final int target;
  private final int ofRequest;
  private final int ofReply;

  /** A cutter in front of the hub at the port {@code target} of this machine. */
  Cutter(int target, int ofRequest, int ofReply) throws IOException {
    this.target = target;
    this.ofRequest = ofRequest;
    this.ofReply = ofReply;
    door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    var _ = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    try {
      while (!door.isClosed()) {
        Socket client = door.accept();
        Socket hub = new Socket();
        hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        Pair pair = new Pair(client, hub);
        var _ = Thread.ofVirtual().start(() -> pair.copy(client, hub, ofRequest));
        var _ = Thread.ofVirtual().start(() -> pair.copy(hub, client, ofReply));
      }
    } catch (IOException closed) {
      close();
    }
  }

  /** Two ends that live and die together. */
  private record Pair(Socket client, Socket hub, AtomicBoolean ended) {
    Pair(Socket client, Socket hub) {
      this(client, hub, new AtomicBoolean());
    }

    void copy(Socket from, Socket to, int most) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        int left = most;
        for (int n = in.read(buffer); n >= 0 && !ended.get(); n = in.read(buffer)) {
          out.write(buffer, 0, Math.min(n, left));
          out.flush();
          left -= Math.min(n, left);
          if (left == 0) {
            break;
          }
        }
      } catch (IOException cut) {
        ended.set(true);
      }
      end();
    }

    void end() {
      ended.set(true);
      for (Socket socket : new Socket[] {client, hub}) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
