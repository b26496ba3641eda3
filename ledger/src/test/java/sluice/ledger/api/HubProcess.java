package sluice.ledger.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.market.sign.PayKey;
import sluice.testkit.Child;
import sluice.testkit.Machine;

/** A hub of test coins in a process of its own, on a database that others may use, too. */
public final class HubProcess implements AutoCloseable {
  private final Child process;
  private final URI url;

  private HubProcess(Child process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** The key of all of them. */
  public static PayKey key() {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, 99).array()).orElseThrow();
  }

  /** The process itself: {@code arguments} holds the address of its database. */
  public static void main(String[] arguments) throws InterruptedException {
    LedgerSettings settings =
        LedgerSettings.DEFAULT
            .listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .givingTestCoins();
    try (LedgerService service = LedgerService.start(arguments[0], key(), settings)) {
      System.out.println("url " + service.url());
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  /** Starts one on the database at a JDBC address. */
  public static HubProcess start(String database) throws IOException {
    List<String> command = Machine.command(HubProcess.class, List.of("-Xmx128m"), database);
    Child process = Child.start(command);
    for (Optional<String> line = process.line(); line.isPresent(); line = process.line()) {
      if (line.get().startsWith("url ")) {
        return new HubProcess(process, URI.create(line.get().substring("url ".length())));
      }
    }
    process.close();
    throw new IOException("no hub has started");
  }

  /** Where it answers. */
  public URI url() {
    return url;
  }

  /** Its port. */
  public int port() {
    return url.getPort();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.kill();
    process.end();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
