package sluice.tron.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.market.sign.PayKey;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevConfig;
import sluice.tron.devnet.DevNode;

/**
 * A node to be tested, with an account on its chain that has TRX and a token.
 *
 * @param pace lets time pass until there is another block
 */
record Endpoint(String name, TronNode node, PayKey rich, String token, Pace pace, Runnable end)
    implements AutoCloseable {
  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final String[] VARIABLES = {
    "TRON_GRPC", "TRON_SOLIDITY_GRPC", "TRON_TEST_KEY", "TRON_TEST_TOKEN"
  };

  /** How time passes. */
  interface Pace {
    void block() throws InterruptedException;
  }

  /** The simulator over loopback. */
  static Endpoint simulated() throws IOException {
    PayKey rich =
        PayKey.of(sluice.protocol.digest.Hash.sha256(new byte[] {9}).bytes()).orElseThrow();
    DevChain chain =
        new DevChain(
            DevConfig.of("contract", START_MILLIS).funding(rich.address(), 10_000_000_000L));
    String token = chain.issue(rich.address(), "Contract", 6, 1_000_000_000_000L);
    chain.produce(30);
    DevNode node = DevNode.start(chain, DevNode.Access.OPEN);
    return new Endpoint(
        "simulator",
        TronNode.connect(node.settings(Duration.ofSeconds(60))),
        rich,
        token,
        () -> chain.produce(1),
        node::close);
  }

  /** A real node, if environment variables name one. */
  static Optional<Endpoint> real() {
    String[] values = new String[VARIABLES.length];
    for (int i = 0; i < VARIABLES.length; i++) {
      @Nullable String value = System.getenv(VARIABLES[i]);
      if (value == null) {
        System.out.println(
            "skipped: no real node; set " + String.join(", ", VARIABLES) + " to test one");
        return Optional.empty();
      }
      values[i] = value;
    }
    return Optional.of(
        new Endpoint(
            values[0],
            TronNode.connect(settings(values[0], values[1])),
            PayKey.of(HexFormat.of().parseHex(values[2])).orElseThrow(),
            values[3],
            () -> TimeUnit.SECONDS.sleep(3),
            () -> {}));
  }

  /** {@code TRON_TLS}, {@code TRON_CERTIFICATE} and {@code TRON_API_KEY} are for hosted nodes. */
  private static NodeSettings settings(String full, String solidity) {
    return new NodeSettings(
        full,
        solidity,
        System.getenv("TRON_TLS") != null,
        Optional.ofNullable(System.getenv("TRON_CERTIFICATE")).map(Path::of),
        Optional.ofNullable(System.getenv("TRON_API_KEY")),
        Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    node.close();
    end.run();
  }

  @Override
  public String toString() {
    return name;
  }
}
