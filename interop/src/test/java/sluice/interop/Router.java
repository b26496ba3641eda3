package sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A router that translates addresses, with a local network behind it and the world before it, each
 * a network namespace. What routers do is done by the kernel and by miniupnpd.
 */
final class Router implements AutoCloseable {
  /** Its address in the world. */
  static final String OUTSIDE = "5.6.7.1";

  private static final String READY = "ready ";

  private final RealProcess process;
  private final List<String> namespaces;

  private Router(RealProcess process) {
    this.process = process;
    String line = process.awaitLine("namespaces", Patience.STEP, l -> l.startsWith(READY));
    this.namespaces = List.of(line.substring(READY.length()).split(" ", -1));
  }

  /** Starts it; empty, with the reason printed, where no namespaces can be made. */
  static Optional<Router> start(Path work) {
    Program.need("miniupnpd", Program.isOnPath("miniupnpd") || isInSbin("miniupnpd"));
    Program.need("nftables", Program.isOnPath("nft") || isInSbin("nft"));
    List<String> probe = List.of("unshare", "-rn", "nft", "add", "table", "inet", "sluice");
    try (RealProcess tried = RealProcess.start("unshare", work, probe)) {
      if (tried.awaitExit(Patience.STEP) != 0) {
        System.err.println("skipped: no namespaces with filters here: " + tried.errors());
        return Optional.empty();
      }
    }
    Path script = work.resolve("router.sh");
    try (InputStream in = Router.class.getResourceAsStream("/nat/router.sh")) {
      Files.copy(Objects.requireNonNull(in), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        List.of("unshare", "-rn", "sh", script.toString(), work.toAbsolutePath().toString());
    return Optional.of(new Router(RealProcess.start("router", work, command)));
  }

  private static boolean isInSbin(String program) {
    return Files.isExecutable(Path.of("/usr/sbin", program));
  }

  /** {@code command} for a process in the local network. */
  List<String> local(List<String> command) {
    return inside(1, command);
  }

  /** {@code command} for a process in the world. */
  List<String> world(List<String> command) {
    return inside(2, command);
  }

  /** {@code command} for a process on the router. */
  List<String> here(List<String> command) {
    return inside(0, command);
  }

  private List<String> inside(int namespace, List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", namespaces.get(namespace)));
    all.addAll(List.of("-U", "-n", "--preserve-credentials"));
    all.addAll(command);
    return all;
  }

  /** What it and miniupnpd have told. */
  RealProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
