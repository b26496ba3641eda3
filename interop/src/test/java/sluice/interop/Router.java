package sluice.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A router that translates addresses, with a local network behind it and the world before it, each
 * a network namespace. What routers do is done by the kernel and by miniupnpd.
 */
final class Router implements AutoCloseable {
  /** Its address in the world. */
  static final String OUTSIDE = "5.6.7.1";

  private final Namespaces namespaces;

  private Router(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** Starts it; empty, with the reason printed, where no namespaces can be made. */
  static Optional<Router> start(Path work) {
    Program.need("miniupnpd", Program.isOnPath("miniupnpd") || isInSbin("miniupnpd"));
    Program.need("nftables", Program.isOnPath("nft") || isInSbin("nft"));
    List<String> probe = List.of("nft", "add", "table", "inet", "sluice");
    return Namespaces.start(work, "/nat/router.sh", probe).map(Router::new);
  }

  private static boolean isInSbin(String program) {
    return Files.isExecutable(Path.of("/usr/sbin", program));
  }

  /** {@code command} for a process in the local network. */
  List<String> local(List<String> command) {
    return namespaces.inside(1, command);
  }

  /** {@code command} for a process in the world. */
  List<String> world(List<String> command) {
    return namespaces.inside(2, command);
  }

  /** {@code command} for a process on the router. */
  List<String> here(List<String> command) {
    return namespaces.inside(0, command);
  }

  /** What it and miniupnpd have told. */
  RealProcess process() {
    return namespaces.process();
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
