package sluice.engine.utp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a connection does on a link of 20 Mbit/s with 40 ms there and back and a queue of 400 ms,
 * unless the test says otherwise. The seed of the link is printed and can be set.
 */
class LinkTest {
  private static final long SEED = Long.getLong("sluice.utp.seed", 7);
  private static final long SECOND = 1_000_000_000L;
  private static final double LINK = 2_500_000;

  private final Events events = new Events();
  private final Path out = new Path(events, SEED);
  private final Path back = new Path(events, SEED + 1);
  private final End near = new End(events, out);
  private final End far = new End(events, back).clock(77_777_777_777L, 0);

  LinkTest() {
    System.out.println("uTP link: -Dsluice.utp.seed=" + SEED);
  }

  private void begin() {
    near.dial(far, 1_000, 65_500);
    near.sendAlways();
  }

  /** Bytes per second that arrive at {@code end} during {@code seconds}. */
  private double rate(End end, double seconds) {
    long before = end.received;
    events.run((long) (seconds * SECOND));
    return (end.received - before) / seconds;
  }

  private void say(String what, double... figures) {
    StringBuilder line = new StringBuilder("uTP ").append(what).append(':');
    for (double figure : figures) {
      line.append(" %.3f".formatted(figure));
    }
    Statistics s = near.connection().statistics();
    System.out.println(
        line.append(
            "  (timeouts %d, lost %d, spurious %d, resent %.2f %%, packets of %d bytes)"
                .formatted(
                    s.timeouts,
                    s.lost,
                    s.spurious,
                    100.0 * s.resentBytes / Math.max(1, s.sentBytes),
                    near.connection().packetBytes())));
  }

  private static int median(List<Integer> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  @Test
  void aCleanLinkIsUsed() {
    begin();
    events.run(10 * SECOND);
    near.queues.clear();
    double rate = rate(far, 50);
    int queueMillis = median(near.queues) / 1_000;
    say("clean", rate / LINK, queueMillis);
    assertThat(rate).isGreaterThan(0.9 * LINK);
    assertThat(queueMillis).isBetween(60, 120);
    assertThat(near.connection().packetBytes()).isEqualTo(1_472);
    assertThat(near.connection().statistics().timeouts).isZero();
  }

  @Test
  void itYieldsToTcpAndComesBack() {
    TcpFlow tcp = new TcpFlow(events, out, back.delayNanos);
    begin();
    events.run(10 * SECOND);
    tcp.start();
    events.run(10 * SECOND);
    long before = tcp.delivered;
    double share = rate(far, 40) / LINK;
    double tcpShare = (tcp.delivered - before) / 40.0 / LINK;
    tcp.stop();
    events.run(10 * SECOND);
    double after = rate(far, 20) / LINK;
    say("beside TCP", share, tcpShare, after);
    assertThat(share).isLessThan(0.15);
    assertThat(tcpShare).isGreaterThan(0.8);
    assertThat(after).isGreaterThan(0.85);
  }

  @Test
  void whoComesLaterTakesNoMoreThanItsShare() {
    begin();
    End second = new End(events, out);
    End secondFar = new End(events, back).clock(5 * SECOND, 0);
    events.run(20 * SECOND);
    second.dial(secondFar, 3_000, 9);
    second.sendAlways();
    long before = secondFar.received;
    double first = rate(far, 60);
    double later = (secondFar.received - before) / 60.0;
    double jain = (first + later) * (first + later) / (2 * (first * first + later * later));
    say("two flows", first / LINK, later / LINK, jain);
    assertThat(jain).isGreaterThan(0.8);
    assertThat(later / (first + later)).isLessThan(0.75);
  }

  @Test
  void randomLossIsBorne() {
    out.loss = 0.01;
    out.delayNanos = 25_000_000;
    back.delayNanos = 25_000_000;
    out.bytesPerSecond = 6_250_000;
    begin();
    events.run(5 * SECOND);
    double rate = rate(far, 60);
    double mathis = 1_452 / 0.05 * 1.22 / Math.sqrt(0.01);
    say("1 % loss", rate / mathis);
    assertThat(rate).isGreaterThan(0.7 * mathis);
    assertThat(near.connection().statistics().timeouts).isLessThanOrEqualTo(2);
  }

  @Test
  void anotherOrderAndDuplicatesAreBorne() {
    out.reorders = 0.05;
    out.duplicates = 0.01;
    begin();
    events.run(10 * SECOND);
    double rate = rate(far, 50);
    say("5 % late, 1 % twice", rate / LINK);
    Statistics s = near.connection().statistics();
    assertThat(rate).isGreaterThan(0.9 * 0.9 * LINK);
    assertThat(s.resentBytes).isLessThan(s.sentBytes / 50);
  }

  @Test
  void aLongerWayForAWhileIsBorne() {
    begin();
    events.run(20 * SECOND);
    out.delayNanos += 60_000_000;
    double during = rate(far, 30);
    out.delayNanos -= 60_000_000;
    double after = rate(far, 30);
    say("60 ms more for 30 s", during / LINK, after / LINK);
    assertThat(during).isGreaterThan(0.5 * LINK);
    assertThat(after).isGreaterThan(0.5 * LINK);
  }

  @Test
  void aLongerWayForGoodIsLearned() {
    begin();
    events.run(20 * SECOND);
    out.delayNanos += 150_000_000;
    events.run(180 * SECOND);
    double rate = rate(far, 20);
    say("150 ms more for good", rate / LINK);
    assertThat(rate).isGreaterThan(0.8 * LINK);
  }

  @Test
  void clocksThatDriftApartAreBorne() {
    begin();
    near.clock(SECOND, 200);
    events.run(20 * SECOND);
    double first = rate(far, 30);
    events.run(240 * SECOND);
    double last = rate(far, 30);
    near.queues.clear();
    say("drift of 200 ppm", first / LINK, last / LINK);
    assertThat(last).isBetween(0.9 * first, 1.1 * first);
    assertThat(last).isGreaterThan(0.85 * LINK);
  }

  @Test
  void clocksThatDriftTheOtherWayAreBorne() {
    begin();
    near.clock(SECOND, -200);
    events.run(20 * SECOND);
    double first = rate(far, 30);
    events.run(240 * SECOND);
    double last = rate(far, 30);
    say("drift of -200 ppm", first / LINK, last / LINK);
    assertThat(last).isBetween(0.9 * first, 1.1 * first);
    assertThat(last).isGreaterThan(0.85 * LINK);
  }

  @Test
  void aBlackHoleForLargePacketsIsFound() {
    begin();
    events.run(20 * SECOND);
    assertThat(near.connection().packetBytes()).isEqualTo(1_472);
    out.mtuBytes = 1_280;
    long before = far.received;
    double stalled = 0;
    while (far.received - before < 100_000 && stalled < 30) {
      events.run(SECOND / 10);
      stalled += 0.1;
    }
    events.run(5 * SECOND);
    double rate = rate(far, 20);
    say("MTU 1280", stalled, rate / LINK);
    assertThat(stalled).isLessThan(3);
    assertThat(rate).isGreaterThan(0.8 * LINK);
    assertThat(near.connection().packetBytes()).isBetween(1_232, 1_252);
  }

  @Test
  void theLastOfABurstAreNotWaitedForUntilATimeout() {
    out.bytesPerSecond = 50 * LINK;
    out.delayNanos = 100_000;
    back.delayNanos = 100_000;
    far.turnNanos = 5_000_000;
    int bytes = 600_000;
    near.dial(far, 1_000, 65_500);
    near.send(bytes);
    events.run(SECOND / 2);
    say("120 kB of each 5 ms taken", far.received);
    assertThat(near.connection().statistics().lost).isPositive();
    assertThat(near.connection().statistics().timeouts).isZero();
    assertThat(far.received).isEqualTo(bytes);
  }

  @Test
  void anOutageOfHalfAMinuteIsSurvived() {
    begin();
    events.run(20 * SECOND);
    out.cut = true;
    back.cut = true;
    events.run(30 * SECOND);
    out.cut = false;
    back.cut = false;
    long before = far.received;
    double waited = 0;
    while (far.received == before && waited < 30) {
      events.run(SECOND / 10);
      waited += 0.1;
    }
    double rate = rate(far, 20);
    say("cut for 30 s", waited, rate / LINK);
    assertThat(waited).isLessThan(5);
    assertThat(rate).isGreaterThan(0.8 * LINK);
  }

  /**
   * A program on the same machine that reads slowly into a small buffer: a burst leaves at one
   * time, and what does not fit of it is found missing by what has come of the same burst.
   */
  @Test
  void burstsThatDoNotFitAreSentAgainAtOnce() {
    for (Path way : List.of(out, back)) {
      way.bytesPerSecond = 100_000_000;
      way.delayNanos = 50_000;
      way.queueNanos = 1_000_000;
      way.turnNanos = 1_000_000;
    }
    begin();
    events.run(SECOND);
    double rate = rate(far, 10);
    say("a small buffer", rate / 1e6);
    assertThat(rate).isGreaterThan(10e6);
    assertThat(near.connection().statistics().timeouts).isLessThan(5);
  }
}
