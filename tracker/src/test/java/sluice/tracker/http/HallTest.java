package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;

/** Who may stay in a hall, and how long. */
final class HallTest {
  private static final int MOST = 8;
  private static final int IDLE_SECONDS = 30;
  private static final Sender SOMEBODY = Sender.of(InetAddress.ofLiteral("192.0.2.1"));
  private static final String ANNOUNCE =
      "GET /announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=6001"
          + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final HandClock clock = new HandClock();
  private Socket listening;
  private Hall hall;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Epoll.isAvailable(), "there are halls on Linux only");
    Socket.initialize();
    listening = Socket.newSocketStream();
    listening.bind(new InetSocketAddress("127.0.0.1", 0));
    listening.listen(1);
    TrackerCore core =
        new TrackerCore(
            new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0), StoreLimits.DEFAULT, Gate.OPEN, 5);
    HttpOptions options = new HttpOptions(1, MOST, IDLE_SECONDS, Set.of(), "");
    Desk desk = new Desk(options, new HttpResponder(core, clock, 1), core.counters().http());
    hall = Hall.open(desk, clock, options, (_, _, _, _) -> {});
  }

  @AfterEach
  void close() throws IOException {
    hall.close();
    listening.close();
  }

  /** A connection that is in the hall; the listening socket has it when the call to it is back. */
  private Wire guest() throws IOException {
    Wire wire = new Wire(listening.localAddress());
    hall.add(new FileDescriptor(listening.accept(new byte[32])), SOMEBODY);
    return wire;
  }

  private static void asks(Wire wire) throws IOException {
    assertThat(wire.say(ANNOUNCE).hear().body()).startsWith("d8:complete");
  }

  @Test
  void whoAsksNothingMoreIsClosed() throws IOException {
    try (Wire idle = guest();
        Wire other = guest()) {
      asks(idle);
      clock.pass(IDLE_SECONDS - 1);
      asks(other);
      clock.pass(1);
      assertThat(idle.isClosed()).isTrue();
      asks(other);
    }
  }

  /** The question and the end are there before the hall looks, which is told of both once. */
  @Test
  void whoHasEndedIsAnsweredAndGoes() throws IOException {
    try (Wire wire = new Wire(listening.localAddress())) {
      wire.say(ANNOUNCE).end();
      hall.add(new FileDescriptor(listening.accept(new byte[32])), SOMEBODY);
      assertThat(wire.hear().body()).startsWith("d8:complete");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void whoIsIdleLongestMakesRoom() throws IOException {
    try (Wire first = guest();
        Wire second = guest()) {
      asks(first);
      clock.pass(1);
      asks(second);
      clock.pass(1);
      asks(first);
      List<Wire> others = new ArrayList<>();
      for (int i = 0; i < MOST - 1; i++) {
        others.add(guest());
      }
      assertThat(second.isClosed()).isTrue();
      asks(first);
      for (Wire wire : others) {
        asks(wire);
        wire.close();
      }
    }
  }
}
