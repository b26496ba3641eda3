package sluice.ledger.purse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import sluice.ledger.api.HubProcess;

/**
 * A hub in a process of its own, behind a line on which each connection is one request and which
 * kills it (SIGKILL) at a request that the test names: before a byte of it has come to the hub, or
 * when the hub has done it and its answer is on the line. Then nobody answers until it is started
 * again, on the same database and at the same address.
 */
final class MortalHub implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MortalHub.class.getName());
  private static final int BUFFER_BYTES = 65_536;

  /** When it dies. */
  enum Moment {
    BEFORE_IT_IS_ASKED,
    BEFORE_ITS_ANSWER
  }

  private record Death(String path, Moment moment) {}

  private final String database;
  private final ServerSocket door;
  private final AtomicReference<Optional<Death>> death = new AtomicReference<>(Optional.empty());
  private volatile Optional<HubProcess> hub;

  MortalHub(String database) throws IOException {
    this.database = database;
    door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    hub = Optional.of(HubProcess.start(database));
    var _ = Thread.ofVirtual().start(this::serve);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Lets it die at the next request whose path ends so. */
  void dieAt(String path, Moment moment) {
    death.set(Optional.of(new Death(path, moment)));
  }

  boolean isDead() {
    return hub.isEmpty();
  }

  void restart() throws IOException {
    hub = Optional.of(HubProcess.start(database));
  }

  private void serve() {
    try {
      while (!door.isClosed()) {
        Socket client = door.accept();
        var _ = Thread.ofVirtual().start(() -> pass(client));
      }
    } catch (IOException closed) {
      close();
    }
  }

  /** Passes one request and its answer, or neither. */
  private void pass(Socket client) {
    try (client) {
      byte[] request = message(client.getInputStream());
      Optional<HubProcess> alive = hub;
      String path = new String(request, ISO_8859_1).split(" ", 3)[1];
      Optional<Death> dies = death.get().filter(d -> path.endsWith(d.path()) && alive.isPresent());
      if (alive.isEmpty()
          || dies.filter(d -> d.moment() == Moment.BEFORE_IT_IS_ASKED).isPresent()) {
        kill(alive);
        return;
      }
      try (Socket there = new Socket()) {
        there.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), alive.get().port()));
        there.getOutputStream().write(request);
        there.getOutputStream().flush();
        byte[] answer = message(there.getInputStream());
        if (dies.isPresent()) {
          kill(alive);
          return;
        }
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
      }
    } catch (IOException cut) {
      LOG.log(System.Logger.Level.DEBUG, "whoever asked sees that the line has ended", cut);
    }
  }

  private void kill(Optional<HubProcess> alive) throws IOException {
    if (alive.isPresent()) {
      death.set(Optional.empty());
      try {
        alive.get().kill();
        alive.get().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      hub = Optional.empty();
    }
  }

  /** One message of HTTP whose length is said. */
  private static byte[] message(InputStream in) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    int length = 0;
    while (true) {
      String text = new String(bytes, 0, length, ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        int body =
            text.substring(0, end)
                .lines()
                .filter(l -> l.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
                .findFirst()
                .orElse(0);
        if (length >= end + 4 + body) {
          return java.util.Arrays.copyOf(bytes, length);
        }
      }
      int n = in.read(bytes, length, bytes.length - length);
      if (n <= 0) {
        throw new IOException("the line has ended");
      }
      length += n;
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      if (hub.isPresent()) {
        hub.get().close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
