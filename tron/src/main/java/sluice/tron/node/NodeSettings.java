package sluice.tron.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a node is.
 *
 * @param full host and port of the full service, such as {@code grpc.nile.trongrid.io:50051}
 * @param solidity of the solidity service
 * @param tls whether both speak TLS
 * @param certificate PEM file with the certificate of the node or of who has signed it; without one
 *     the node's must be of an authority that the JDK knows
 * @param apiKey that a hosted node wants; sent only over TLS or to this machine
 * @param deadline of each call
 */
public record NodeSettings(
    String full,
    String solidity,
    boolean tls,
    Optional<Path> certificate,
    Optional<String> apiKey,
    Duration deadline) {
  public NodeSettings {
    check(full);
    check(solidity);
    if (apiKey.isPresent() && !tls && !(isLocal(full) && isLocal(solidity))) {
      throw new IllegalArgumentException("an API key is not sent without TLS");
    }
    if (certificate.isPresent() && !tls) {
      throw new IllegalArgumentException("a certificate is of no use without TLS");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a deadline of " + deadline);
    }
  }

  /** A node without TLS and key, with ten seconds for each call. */
  public static NodeSettings plain(String full, String solidity) {
    return new NodeSettings(
        full, solidity, false, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
  }

  /** The same by TLS, to a node with this certificate. */
  public NodeSettings trusting(Path file) {
    return new NodeSettings(full, solidity, true, Optional.of(file), apiKey, deadline);
  }

  /** The same with a key. */
  public NodeSettings with(String key) {
    return new NodeSettings(full, solidity, tls, certificate, Optional.of(key), deadline);
  }

  private static void check(String target) {
    if (!target.matches("[0-9A-Za-z.-]{1,255}:[0-9]{1,5}|\\[[0-9a-fA-F:.]{2,45}]:[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + target + "' is no HOST:PORT");
    }
  }

  private static boolean isLocal(String target) {
    return target.startsWith("127.0.0.1:") || target.startsWith("[::1]:");
  }

  @Override
  public String toString() {
    return full + ", " + solidity + (tls ? " by TLS" : "");
  }
}
