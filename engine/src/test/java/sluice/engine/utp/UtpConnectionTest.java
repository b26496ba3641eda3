package sluice.engine.utp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Fault;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.utp.UtpType;

/** What a connection says to packets that the test makes up. */
class UtpConnectionTest {
  private static final int ID = 500;
  private static final int FIRST = 65_534;
  private static final int THEIRS = 40_000;
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST = 1_472;

  private final Recorder wire = new Recorder();
  private long now = 5 * SECOND;

  /** Remembers what a connection does. */
  private static final class Recorder implements Wire {
    final List<UtpPacket> sent = new ArrayList<>();
    final StringBuilder told = new StringBuilder();
    int bytesOut;

    @Override
    public void send(ByteBuffer datagram, boolean fragments) {
      byte[] copy = new byte[datagram.remaining()];
      datagram.get(copy);
      bytesOut += copy.length;
      sent.add(UtpCodec.decode(ByteBuffer.wrap(copy)).orElseThrow());
    }

    @Override
    public void onConnected() {
      told.append("connected ");
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      told.append(bytes.remaining()).append(" bytes ");
    }

    @Override
    public void onClosed(Fault fault) {
      told.append(fault.kind()).append(' ');
    }

    List<UtpType> kinds() {
      List<UtpType> kinds = sent.stream().map(UtpPacket::type).toList();
      sent.clear();
      return kinds;
    }
  }

  private UtpPacket packet(UtpType type, int id, int sequence, int ack, int bytes) {
    return new UtpPacket(
        type,
        id,
        17,
        23,
        1 << 20,
        sequence & 0xffff,
        ack & 0xffff,
        UtpPacket.NONE,
        ByteBuffer.allocate(bytes));
  }

  private void give(UtpConnection connection, UtpType type, int sequence, int ack, int bytes) {
    connection.onPacket(packet(type, connection.receiveId(), sequence, ack, bytes), now);
    connection.turnEnd(now);
  }

  private UtpConnection dialled() {
    UtpConnection made = UtpConnection.dial(wire, ID, FIRST, MOST, now);
    give(made, UtpType.STATE, THEIRS, FIRST, 0);
    assertThat(wire.told.toString()).isEqualTo("connected ");
    wire.told.setLength(0);
    wire.sent.clear();
    return made;
  }

  private UtpConnection accepted() {
    return UtpConnection.accept(wire, packet(UtpType.SYN, ID, 1, 0, 0), FIRST, MOST, now);
  }

  private static void write(UtpConnection connection, int bytes, long now) {
    connection.outflow().add(ByteBuffer.allocate(bytes));
    connection.flush(now);
  }

  private void pass(UtpConnection connection, long nanos) {
    long end = now + nanos;
    while (now < end) {
      now += SECOND / 20;
      if (now >= connection.deadlineNanos()) {
        connection.onTime(now);
        connection.turnEnd(now);
      }
    }
  }

  @Test
  void numbersAreAsInBep29() {
    UtpConnection made = UtpConnection.dial(wire, ID, FIRST, MOST, now);
    UtpPacket syn = wire.sent.getFirst();
    assertThat(syn.type()).isEqualTo(UtpType.SYN);
    assertThat(syn.connectionId()).isEqualTo(ID);
    assertThat(syn.sequence()).isEqualTo(FIRST);
    give(made, UtpType.STATE, THEIRS, FIRST, 0);
    write(made, 10, now);
    UtpPacket data = wire.sent.getLast();
    assertThat(data.connectionId()).isEqualTo(ID + 1);
    assertThat(data.sequence()).isEqualTo(FIRST + 1);
    assertThat(data.ack()).isEqualTo(THEIRS - 1);
    give(made, UtpType.DATA, THEIRS, FIRST + 1, 7);
    assertThat(wire.told.toString()).isEqualTo("connected 7 bytes ");
    assertThat(wire.sent.getLast().ack()).isEqualTo(THEIRS);
  }

  @Test
  void aSynThatNobodyAnswersIsRepeatedTwice() {
    UtpConnection made = UtpConnection.dial(wire, ID, FIRST, MOST, now);
    pass(made, 10 * SECOND);
    assertThat(wire.kinds()).containsExactly(UtpType.SYN, UtpType.SYN, UtpType.SYN);
    assertThat(wire.told.toString()).isEqualTo("TIMEOUT ");
    assertThat(made.isClosed()).isTrue();
  }

  /** "P2P file-sharing in hell": what is sent to an address before it has proved itself. */
  @Test
  void anAddressThatHasNotAnsweredGetsNoMoreThanItSent() {
    UtpConnection made = accepted();
    int in = 20;
    for (int i = 0; i < 10; i++) {
      made.onPacket(packet(UtpType.SYN, ID, 1, 0, 0), now);
      made.turnEnd(now);
      give(made, UtpType.DATA, 2, FIRST - 2, 40);
      give(made, UtpType.STATE, 2, FIRST + 9, 0);
      in += 20 + 60 + 20;
    }
    write(made, 10_000, now);
    pass(made, 15 * SECOND);
    assertThat(wire.bytesOut).isLessThanOrEqualTo(in);
    assertThat(wire.kinds()).containsOnly(UtpType.STATE);
    assertThat(made.isClosed()).isTrue();
  }

  @Test
  void whoeverAcceptsIsConnectedOnceItsNumberIsNamed() {
    UtpConnection made = accepted();
    give(made, UtpType.DATA, 2, FIRST - 1, 40);
    assertThat(wire.told.toString()).isEqualTo("connected 40 bytes ");
    write(made, 10, now);
    assertThat(wire.sent.getLast().sequence()).isEqualTo(FIRST);
    assertThat(wire.sent.getLast().connectionId()).isEqualTo(ID);
  }

  @Test
  void aResetCountsOnlyIfItNamesWhatIsUnderWay() {
    UtpConnection made = dialled();
    write(made, 5_000, now);
    for (int ack : new int[] {FIRST - 1, FIRST + 1_000, FIRST - 30_000, FIRST + 20}) {
      give(made, UtpType.RESET, 0, ack, 0);
    }
    assertThat(wire.told).isEmpty();
    give(made, UtpType.RESET, 0, FIRST + 2, 0);
    assertThat(wire.told.toString()).isEqualTo("CLOSED ");
    assertThat(made.isClosed()).isTrue();
  }

  @Test
  void acknowledgementsOfTheFutureAreNotBelieved() {
    UtpConnection made = dialled();
    write(made, 200_000, now);
    int window = made.windowBytes();
    int before = wire.sent.size();
    for (int i = 0; i < 8; i++) {
      give(made, UtpType.STATE, THEIRS, FIRST + 500, 0);
    }
    assertThat(wire.sent).hasSize(before);
    assertThat(made.windowBytes()).isEqualTo(window);
    give(made, UtpType.STATE, THEIRS, FIRST + 500, 0);
    assertThat(wire.told.toString()).isEqualTo("BAD_ANSWER ");
  }

  @Test
  void aFinEndsItOnceAllHasCome() {
    UtpConnection made = dialled();
    give(made, UtpType.FIN, THEIRS + 2, FIRST, 0);
    give(made, UtpType.DATA, THEIRS, FIRST, 5);
    assertThat(wire.told.toString()).isEqualTo("5 bytes ");
    give(made, UtpType.DATA, THEIRS + 1, FIRST, 6);
    assertThat(wire.told.toString()).isEqualTo("5 bytes 6 bytes CLOSED ");
    assertThat(wire.sent.stream().map(UtpPacket::type)).contains(UtpType.FIN);
    give(made, UtpType.STATE, THEIRS + 3, FIRST + 1, 0);
    assertThat(made.isClosed()).isTrue();
  }

  @Test
  void closingTellsTheOtherSideUntilItAnswers() {
    UtpConnection made = dialled();
    write(made, 100, now);
    made.close(now);
    assertThat(wire.kinds()).containsExactly(UtpType.DATA, UtpType.FIN);
    pass(made, 2 * SECOND);
    assertThat(wire.kinds()).contains(UtpType.FIN);
    assertThat(made.isClosed()).isFalse();
    give(made, UtpType.STATE, THEIRS, FIRST + 2, 0);
    assertThat(made.isClosed()).isTrue();
    assertThat(wire.told).isEmpty();
  }

  @Test
  void closingEndsAlsoIfNobodyAnswers() {
    UtpConnection made = dialled();
    made.close(now);
    pass(made, 5 * SECOND);
    assertThat(made.isClosed()).isTrue();
  }

  @Test
  void whoDoesNotReadIsNotSentMore() {
    UtpConnection made = dialled();
    made.reading(false, now);
    int sequence = THEIRS;
    for (int i = 0; i < 300; i++) {
      give(made, UtpType.DATA, sequence++, FIRST, 1_400);
    }
    assertThat(wire.told).isEmpty();
    UtpPacket last = wire.sent.getLast();
    assertThat(last.windowBytes()).isLessThan(1_400);
    long kept = UtpPacket.distance(THEIRS - 1, last.ack()) * 1_400L;
    assertThat(kept).isLessThanOrEqualTo(Inflow.FIRST_WINDOW);
    made.reading(true, now);
    assertThat(wire.told.toString()).isEqualTo(kept + " bytes ");
    assertThat(wire.sent.getLast().windowBytes()).isEqualTo(Inflow.FIRST_WINDOW);
  }

  @Test
  void aShutWindowIsTriedAgain() {
    UtpConnection made = dialled();
    made.onPacket(
        new UtpPacket(UtpType.STATE, ID, 17, 23, 0, THEIRS, FIRST, UtpPacket.NONE, UtpPacket.NONE),
        now);
    write(made, 5_000, now);
    assertThat(wire.sent).isEmpty();
    pass(made, 3 * SECOND);
    assertThat(wire.kinds()).contains(UtpType.DATA);
  }

  @Test
  void selectiveAcknowledgementsTellWhatCame() {
    UtpConnection made = dialled();
    give(made, UtpType.DATA, THEIRS + 1, FIRST, 5);
    give(made, UtpType.DATA, THEIRS + 33, FIRST, 5);
    UtpPacket last = wire.sent.getLast();
    assertThat(last.ack()).isEqualTo(THEIRS - 1);
    assertThat(last.selectable()).isEqualTo(64);
    for (int i = 0; i < 64; i++) {
      assertThat(last.isSelected(i)).isEqualTo(i == 0 || i == 32);
    }
  }

  /** A silence that was only a delay says nothing about the order of packets. */
  @Test
  void threeLaterOnesShowALossAfterASilenceToo() {
    UtpConnection made = dialled();
    write(made, 5 * MOST, now);
    int sent = UtpPacket.distance(FIRST, wire.sent.getLast().sequence());
    pass(made, 3 * SECOND);
    assertThat(made.statistics().timeouts).isPositive();
    give(made, UtpType.STATE, THEIRS, FIRST + sent, 0);
    assertThat(made.statistics().spurious).isZero();
    write(made, 5 * MOST, now);
    wire.sent.clear();
    byte[] selective = {0b111, 0, 0, 0};
    made.onPacket(
        new UtpPacket(
            UtpType.STATE,
            made.receiveId(),
            17,
            23,
            1 << 20,
            THEIRS,
            (FIRST + sent) & 0xffff,
            ByteBuffer.wrap(selective),
            UtpPacket.NONE),
        now);
    made.turnEnd(now);
    assertThat(wire.sent.getFirst().sequence()).isEqualTo((FIRST + sent + 1) & 0xffff);
  }

  @Test
  void aSilentConnectionIsKeptAliveAndAFullOneEnds() {
    UtpConnection made = dialled();
    pass(made, 65 * SECOND);
    assertThat(wire.kinds()).containsExactly(UtpType.STATE, UtpType.STATE);
    write(made, 5_000, now);
    pass(made, 70 * SECOND);
    assertThat(wire.told.toString()).isEqualTo("TIMEOUT ");
  }

  /** Whatever comes, memory is bounded, nothing is thrown, and nothing is delivered twice. */
  @Test
  void anyPacketsAreBorne() {
    for (long seed = 1; seed <= 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      wire.told.setLength(0);
      UtpConnection made =
          random.nextBoolean() ? UtpConnection.dial(wire, ID, FIRST, MOST, now) : accepted();
      for (int i = 0; i < 2_000 && !made.isClosed(); i++) {
        UtpType type = UtpType.values()[random.nextInt(random.nextInt(10) == 0 ? 5 : 3)];
        byte[] selective = new byte[4 * random.nextInt(random.nextInt(5) == 0 ? 33 : 2)];
        random.nextBytes(selective);
        int near = random.nextInt(20) == 0 ? 70_000 : 40;
        UtpPacket packet =
            new UtpPacket(
                type,
                made.receiveId(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(1 << 20),
                (THEIRS + i / 4 + random.nextInt(near)) & 0xffff,
                (FIRST - 1 + i / 8 - random.nextInt(near) + 38) & 0xffff,
                ByteBuffer.wrap(selective),
                ByteBuffer.allocate(type == UtpType.DATA ? 1 + random.nextInt(1_400) : 0));
        try {
          made.onPacket(packet, now);
          made.turnEnd(now);
          if (random.nextInt(4) == 0) {
            write(made, random.nextInt(5_000), now);
          }
          pass(made, random.nextInt(50) == 0 ? SECOND : SECOND / 100);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", packet " + i, e);
        }
      }
      wire.sent.clear();
    }
  }
}
