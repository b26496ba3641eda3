package sluice.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.tracker.udp.UdpDesk.at;
import static sluice.tracker.udp.UdpDesk.hash;
import static sluice.tracker.udp.UdpDesk.request;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.AnnounceRequest.Event;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;

/** BEP 15, 21 and 41 at the tracker, datagram by datagram. */
final class UdpResponderTest {
  private static final InetSocketAddress ANN = at("192.0.2.1", 4000);
  private static final InetSocketAddress BOB = at("192.0.2.2", 4001);
  private static final InetSocketAddress CLEO = at("2001:db8::3", 4002);

  private final UdpDesk desk = new UdpDesk();

  private static List<String> peers(UdpReply.Announced reply) {
    return reply.peers().stream().map(Endpoint::toString).sorted().toList();
  }

  @Test
  void peersFindEachOtherByFamilyAndAreNotToldOfThemselves() {
    UdpReply.Announced first = desk.announced(ANN, request(1, 6001, 10, Event.STARTED));
    assertThat(first.peers()).isEmpty();
    assertThat(first.intervalSeconds()).isEqualTo(1_800);
    assertThat(List.of(first.seeds(), first.leeches())).containsExactly(0, 1);
    assertThat(peers(desk.announced(BOB, request(1, 6002, 10, Event.STARTED))))
        .containsExactly("192.0.2.1:6001");
    UdpReply.Announced third = desk.announced(CLEO, request(1, 6003, 0, Event.STARTED));
    assertThat(third.peers()).isEmpty();
    assertThat(List.of(third.seeds(), third.leeches())).containsExactly(1, 2);
    assertThat(peers(desk.announced(at("2001:db8::4", 1), request(1, 6004, 5, Event.NONE))))
        .containsExactly("[2001:db8::3]:6003");
    assertThat(peers(desk.announced(ANN, request(1, 6001, 10, Event.NONE))))
        .containsExactly("192.0.2.2:6002");
    assertThat(desk.announced(ANN, request(2, 6001, 10, Event.NONE)).peers()).isEmpty();
  }

  @Test
  void seedsAreToldOfDownloadersOnly() {
    desk.announced(ANN, request(1, 6001, 0, Event.STARTED));
    desk.announced(at("192.0.2.7", 1), request(1, 6007, 9, Event.PAUSED));
    assertThat(desk.announced(BOB, request(1, 6002, 0, Event.STARTED)).peers()).isEmpty();
    desk.announced(at("192.0.2.3", 1), request(1, 6003, 1, Event.STARTED));
    assertThat(peers(desk.announced(BOB, request(1, 6002, 0, Event.NONE))))
        .containsExactly("192.0.2.3:6003");
    assertThat(desk.announced(at("192.0.2.4", 1), request(1, 6004, 1, Event.NONE)).peers())
        .hasSize(4);
    // 2^32 bytes left is not a seed, whatever 32 bits say.
    UdpReply.Announced huge =
        desk.announced(at("192.0.2.5", 1), request(3, 6005, 1L << 32, Event.NONE));
    assertThat(List.of(huge.seeds(), huge.leeches())).containsExactly(0, 1);
  }

  @Test
  void eventsAndScrapesAgree() {
    desk.announced(ANN, request(1, 6001, 10, Event.STARTED));
    desk.announced(ANN, request(1, 6001, 0, Event.COMPLETED));
    desk.announced(ANN, request(1, 6001, 0, Event.COMPLETED));
    desk.announced(BOB, request(1, 6002, 10, Event.STARTED));
    UdpReply counts =
        desk.ask(
            BOB, new UdpRequest.Scrape(desk.connect(BOB), 9, List.of(hash(1), hash(2), hash(1))));
    UdpReply.Counts one = new UdpReply.Counts(1, 1, 1);
    assertThat(counts)
        .isEqualTo(new UdpReply.Scraped(9, List.of(one, new UdpReply.Counts(0, 0, 0), one)));
    desk.announced(ANN, request(1, 6001, 0, Event.STOPPED));
    assertThat(desk.announced(BOB, request(1, 6002, 10, Event.NONE)).seeds()).isZero();
    // Who leaves need not say at which port it was, and makes no swarm.
    desk.announced(ANN, request(77, 0, 0, Event.STOPPED));
    assertThat(desk.core.store().counts().swarms()).isEqualTo(1);
  }

  @Test
  void numbersOfPeers() {
    for (int i = 0; i < 400; i++) {
      desk.announced(at("192.0.2.1", 1), request(1, 1_000 + i, 10, Event.STARTED));
      desk.announced(at("2001:db8::1", 1), request(1, 1_000 + i, 10, Event.STARTED));
    }
    assertThat(desk.announced(ANN, request(1, 9, 1, Event.NONE)).peers()).hasSize(50);
    assertThat(desk.announced(ANN, request(1, 9, 1, Event.NONE, 0)).peers()).isEmpty();
    assertThat(desk.announced(ANN, request(1, 9, 1, Event.NONE, 7)).peers()).hasSize(7);
    assertThat(desk.announced(ANN, request(1, 9, 1, Event.NONE, Integer.MAX_VALUE)).peers())
        .hasSize(200);
    assertThat(desk.announced(CLEO, request(1, 9, 1, Event.NONE, 1_000)).peers()).hasSize(78);
  }

  @Test
  void idsAreGoodForTwoMinutesAtOneAddressOnly() {
    long id = desk.connect(ANN);
    UdpRequest.Announce announce =
        new UdpRequest.Announce(id, 2, request(1, 6001, 10, Event.NONE), 0, "");
    assertThat(desk.ask(ANN, announce)).isInstanceOf(UdpReply.Announced.class);
    assertThat(desk.ask(at("192.0.2.1", 9), announce)).isInstanceOf(UdpReply.Announced.class);
    assertThat(desk.ask(BOB, announce)).isInstanceOf(UdpReply.Refused.class);
    desk.seconds += 119;
    assertThat(desk.ask(ANN, announce)).isInstanceOf(UdpReply.Announced.class);
    desk.seconds += 9;
    assertThat(desk.ask(ANN, announce)).isInstanceOf(UdpReply.Refused.class);
    desk.seconds = 1_000 + 2_048;
    assertThat(desk.ask(ANN, announce)).isInstanceOf(UdpReply.Refused.class);
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      UdpRequest guess =
          new UdpRequest.Announce(random.nextLong(), 2, request(1, 6001, 10, Event.NONE), 0, "");
      assertThat(desk.ask(ANN, guess)).isInstanceOf(UdpReply.Refused.class);
    }
  }

  @Test
  void peersAreForgottenAfterTwoIntervals() {
    desk.announced(ANN, request(1, 6001, 10, Event.NONE));
    desk.seconds += 3_600;
    turnAMinute();
    assertThat(desk.announced(BOB, request(1, 6002, 10, Event.NONE)).peers()).hasSize(1);
    desk.seconds += 500;
    turnAMinute();
    assertThat(desk.announced(BOB, request(1, 6002, 10, Event.NONE)).peers()).isEmpty();
  }

  private void turnAMinute() {
    for (int i = 0; i < 1_200; i++) {
      desk.core.turn(desk.seconds);
    }
  }

  @Test
  void shortPacketsGetNothingAndLongOnesAreRead() {
    long id = desk.connect(ANN);
    byte[] announce =
        UdpCodec.encode(new UdpRequest.Announce(id, 2, request(1, 6001, 10, Event.NONE), 0, ""));
    byte[] scrape = UdpCodec.encode(new UdpRequest.Scrape(id, 2, List.of(hash(1))));
    byte[] connect = UdpCodec.encode(new UdpRequest.Connect(3));
    for (byte[] whole : List.of(announce, scrape, connect)) {
      for (int length = 0; length < whole.length; length++) {
        assertThat(desk.send(ANN, Arrays.copyOf(whole, length))).isEmpty();
      }
      int usual = desk.send(ANN, whole).length;
      assertThat(desk.send(ANN, Arrays.copyOf(whole, whole.length + 7))).hasSize(usual);
    }
    assertThat(desk.core.counters().udp().malformed().sum())
        .isEqualTo(announce.length + scrape.length + connect.length);
    byte[] many = Arrays.copyOf(scrape, 16 + 100 * 20);
    assertThat(desk.send(ANN, many)).hasSize(8 + 12 * 74);
    byte[] unknown = announce.clone();
    unknown[11] = 9;
    assertThat(desk.send(ANN, unknown)).isEmpty();
    byte[] notConnect = connect.clone();
    notConnect[0] = 1;
    assertThat(desk.send(ANN, notConnect)).isEmpty();
    assertThat(desk.send(at("192.0.2.1", 0), connect)).isEmpty();
  }

  @Test
  void portZeroAndTheAddressFieldAreNotBelieved() {
    assertThat(desk.announce(ANN, request(1, 0, 10, Event.STARTED)))
        .isInstanceOf(UdpReply.Refused.class);
    UdpRequest lies =
        new UdpRequest.Announce(
            desk.connect(ANN), 2, request(1, 6001, 10, Event.NONE), 0x01020304, "");
    desk.ask(ANN, lies);
    assertThat(peers(desk.announced(BOB, request(1, 6002, 10, Event.NONE))))
        .containsExactly("192.0.2.1:6001");
  }

  @Test
  void whoHasNotProvedItsAddressGetsNoMoreThanItSent() {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      desk.announced(at("192.0.2.9", 1), request(1, 1_000 + i, 10, Event.STARTED));
    }
    long sent = 0;
    long got = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = new byte[random.nextInt(200)];
      random.nextBytes(datagram);
      if (datagram.length >= 16) {
        ByteBuffer.wrap(datagram).putLong(0, random.nextInt(3) == 0 ? Layout.PROTOCOL : i);
        ByteBuffer.wrap(datagram).putInt(8, random.nextInt(4));
      }
      byte[] reply = desk.send(ANN, datagram);
      assertThat(reply.length).isLessThanOrEqualTo(Math.max(16, datagram.length));
      sent += datagram.length;
      got += reply.length;
    }
    assertThat(got).isPositive().isLessThan(sent);
  }

  @Test
  void tooManyRequestsOfOneAddressGetNothing() {
    UdpDesk strict = new UdpDesk(Gate.OPEN, new Rules(1_800, 900, 0, 50, 200, 1_000_000, 3));
    List<Integer> lengths = new ArrayList<>();
    byte[] announce =
        UdpCodec.encode(
            new UdpRequest.Announce(
                strict.connect(ANN), 2, request(1, 6001, 10, Event.NONE), 0, ""));
    for (int i = 0; i < 5; i++) {
      lengths.add(strict.send(ANN, announce).length);
    }
    assertThat(lengths).containsExactly(20, 20, 20, 0, 0);
    assertThat(strict.announced(BOB, request(1, 6002, 1, Event.NONE)).peers()).hasSize(1);
    strict.seconds++;
    assertThat(strict.send(ANN, announce)).hasSize(26);
  }

  @Test
  void intervalsDifferFromPeerToPeer() {
    UdpDesk chancy = new UdpDesk(Gate.OPEN, new Rules(1_000, 900, 10, 50, 200, 1_000_000, 0));
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < 500; i++) {
      int interval = chancy.announced(ANN, request(i, 6001, 1, Event.NONE)).intervalSeconds();
      least = Math.min(least, interval);
      most = Math.max(most, interval);
    }
    assertThat(least).isBetween(900, 910);
    assertThat(most).isBetween(1_090, 1_100);
  }

  @Test
  void anyBytesAreHandled() {
    long seed = Long.getLong("sluice.seed", 11L);
    Random random = new Random(seed);
    long id = desk.connect(ANN);
    byte[] announce =
        UdpCodec.encode(
            new UdpRequest.Announce(id, 2, request(1, 6001, 10, Event.NONE), 0, "/a?b=c"));
    byte[] scrape = UdpCodec.encode(new UdpRequest.Scrape(id, 2, List.of(hash(1), hash(2))));
    for (int i = 0; i < 100_000; i++) {
      byte[] datagram = (random.nextBoolean() ? announce : scrape).clone();
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        datagram[8 + random.nextInt(datagram.length - 8)] = (byte) random.nextInt();
      }
      if (random.nextInt(3) == 0) {
        datagram = Arrays.copyOf(datagram, random.nextInt(2_000));
      }
      byte[] reply = desk.send(ANN, datagram);
      assertThat(reply.length).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(1_432);
      if (reply.length > 0) {
        assertThat(UdpCodec.decode(ByteBuffer.wrap(reply), false))
            .as("seed %d, step %d", seed, i)
            .isNotInstanceOf(UdpReply.Malformed.class);
      }
    }
    AnnounceRequest after = request(5, 6001, 10, Event.NONE);
    assertThat(desk.announce(ANN, after)).isInstanceOf(UdpReply.Announced.class);
  }

  /** A connect from anywhere costs no memory: what is known of its sender is in the id. */
  @Test
  void floodOfSpoofedConnectsLeavesNothing() {
    UdpDesk desk = new UdpDesk();
    byte[] connect = UdpCodec.encode(new UdpRequest.Connect(1));
    for (int i = 0; i < 50_000; i++) {
      byte[] reply =
          desk.send(UdpDesk.at("10." + (i >> 12) + "." + (i >> 4 & 255) + ".1", 9), connect);
      assertThat(reply.length).isLessThanOrEqualTo(connect.length);
    }
    assertThat(desk.core.counters().udp().connects().sum()).isEqualTo(50_000);
    assertThat(desk.core.store().counts().swarms()).isZero();
  }
}
