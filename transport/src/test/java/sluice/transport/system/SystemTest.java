package sluice.transport.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Resolver;
import sluice.transport.netty.NettyLoop;

/** Names and chance. */
class SystemTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
    "no-such-name.invalid, UNKNOWN_HOST",
    "'', UNKNOWN_HOST"
  })
  void namesAndLiterals(String host, String expected) {
    assertThat(resolve(host)).isEqualTo(expected);
  }

  @Test
  void localhostResolves() {
    assertThat(resolve("localhost")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  /** The first address, or the fault's kind. */
  private static String resolve(String host) {
    NettyLoop loop = NettyLoop.start(true);
    try {
      CompletableFuture<String> told = new CompletableFuture<>();
      Resolver.Handler handler =
          new Resolver.Handler() {
            @Override
            public void onResolved(List<InetAddress> addresses) {
              assertThat(loop.isCurrent()).isTrue();
              told.complete(addresses.getFirst().getHostAddress());
            }

            @Override
            public void onFault(Fault fault) {
              told.complete(fault.kind().name());
            }
          };
      SystemResolver resolver = new SystemResolver(loop);
      loop.execute(() -> {
        resolver.resolve(host, handler);
        assertThat(told).isNotDone();
      });
      return told.orTimeout(60, TimeUnit.SECONDS).join();
    } finally {
      loop.close();
    }
  }

  @Test
  void twoStartsDiffer() {
    byte[] one = new byte[20];
    byte[] other = new byte[20];
    new SystemEntropy().fill(one);
    new SystemEntropy().fill(other);
    assertThat(one).isNotEqualTo(other);
    assertThat(new SystemEntropy().nextLong()).isNotEqualTo(new SystemEntropy().nextLong());
  }

  @Test
  void boundedNumbersCoverTheirRange() {
    SystemEntropy entropy = new SystemEntropy();
    int seen = 0;
    for (int i = 0; i < 1_000; i++) {
      seen |= 1 << entropy.nextInt(5);
    }
    assertThat(seen).isEqualTo(0b11111);
  }
}
