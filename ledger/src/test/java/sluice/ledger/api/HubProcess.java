package sluice.ledger.api;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.market.sign.PayKey;

/** A hub of test coins in a process of its own, on a database that others may use, too. */
final class HubProcess implements AutoCloseable {
  private final Process process;
  private final URI url;

  private HubProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** The key of all of them. */
  static PayKey key() {
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

  static HubProcess start(String database) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath(),
                    HubProcess.class.getName(),
                    database))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("url ")) {
        return new HubProcess(process, URI.create(line.substring("url ".length())));
      }
    }
    throw new IOException("no hub has started: " + process);
  }

  /** The property does not tell when the tests have a class loader of their own. */
  private static String classPath() {
    return HubProcess.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  URI url() {
    return url;
  }

  int port() {
    return url.getPort();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
