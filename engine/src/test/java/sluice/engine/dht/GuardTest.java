package sluice.engine.dht;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/** What floods and forged senders get. */
class GuardTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = -5 * SECOND;

  private final Guard guard = new Guard(START);

  @Test
  void aFloodFromOneAddressIsBlocked() {
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      taken += guard.takes(at("9.9.9.9", 1000 + i), 100, false, START + i) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(Guard.BURST);
    assertThat(guard.takes(at("9.9.9.8", 1000), 100, false, START)).isTrue();
    assertThat(guard.takes(at("9.9.9.9", 1000), 100, false, START + Guard.BLOCK_NANOS / 2))
        .isFalse();
    assertThat(guard.takes(at("9.9.9.9", 1000), 100, false, START + Guard.BLOCK_NANOS + 1000))
        .isTrue();
  }

  @Test
  void whoAsksSlowlyIsNeverBlocked() {
    for (int i = 0; i < 10_000; i++) {
      long now = START + i * SECOND / Guard.PER_ADDRESS_PER_SECOND;
      assertThat(guard.takes(at("9.9.9.9", 1), 100, false, now)).isTrue();
    }
  }

  /** Who is asked is heard, however many others speak. */
  @Test
  void ofAFloodOfManyAddressesLittleIsRead() {
    int taken = 0;
    int answers = 0;
    for (int i = 0; i < 100_000; i++) {
      long now = START + i * SECOND / 50_000;
      taken += guard.takes(number(i), 100, false, now) ? 1 : 0;
      if (i % 10_000 == 0) {
        answers += guard.takes(at("8.8.8.8", 1), 100, true, now) ? 1 : 0;
      }
    }
    assertThat(taken)
        .isBetween(
            Guard.STRANGERS_BURST + Guard.STRANGERS_PER_SECOND,
            Guard.STRANGERS_BURST + 2 * Guard.STRANGERS_PER_SECOND);
    assertThat(answers).isEqualTo(10);
    assertThat(guard.takes(number(1 << 20), 100, false, START + 3 * SECOND)).isTrue();
  }

  /** In the long run an address without a proof gets 1.5 times what came from it, at most. */
  @Test
  void forgedSendersAreNotAmplified() {
    Endpoint victim = at("9.9.9.9", 53);
    long in = 0;
    long out = 0;
    for (int i = 0; i < 5_000; i++) {
      long now = START + i * SECOND / Guard.PER_ADDRESS_PER_SECOND;
      assertThat(guard.takes(victim, 90, false, now)).isTrue();
      in += 90;
      int answer = Math.min(Fitting.MAX_BYTES, guard.allowance(victim, now));
      guard.sent(victim, answer);
      out += answer;
    }
    assertThat(out).isLessThanOrEqualTo(in * 3 / 2 + Guard.ADVANCE_BYTES);
    guard.prove(victim, START + 1_000 * SECOND);
    assertThat(guard.allowance(victim, START + 1_001 * SECOND)).isGreaterThan(Fitting.MAX_BYTES);
  }

  @Test
  void allAnswersTogetherAreLimited() {
    long out = 0;
    for (int i = 0; i < 100_000; i++) {
      long now = START + i * SECOND / 10_000;
      Endpoint sender = number(i);
      if (!guard.takes(sender, 90, false, now)) {
        continue;
      }
      int answer = Math.min(300, guard.allowance(sender, now));
      guard.sent(sender, answer);
      out += answer;
    }
    assertThat(out).isBetween(300_000L, Guard.BURST_BYTES + 10L * Guard.BYTES_PER_SECOND);
  }

  @Test
  void fewStrangersAreAsked() {
    int asked = 0;
    for (int i = 0; i < 10_000; i++) {
      asked += guard.mayVerify(START + i * SECOND / 1_000) ? 1 : 0;
    }
    assertThat(asked).isBetween(30, 50);
  }

  /** An address of its own for each {@code i}. */
  private static Endpoint number(int i) {
    return at("9." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, 1);
  }

  private static Endpoint at(String address, int port) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), port);
  }
}
