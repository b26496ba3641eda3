package sluice.engine.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.lsd.LsdCodec;
import sluice.protocol.lsd.LsdMessage;

/** What is told to the local network, and heard of it. */
class LsdTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Hash FIRST = Hash.sha1(new byte[] {1});

  private final Room room = new Room();
  private final List<String> heard = new ArrayList<>();
  private final Lsd lsd =
      new Lsd(room, new FakeEntropy(3), (torrent, peer) -> heard.add(torrent.hex() + " " + peer));

  /** A network in which the test hears what is said to a group. */
  private static final class Room implements Net {
    final List<LsdMessage> said = new ArrayList<>();
    final List<UdpHandler> members = new ArrayList<>();
    final List<Endpoint> groups = new ArrayList<>();

    @Override
    public void listen(Endpoint local, ListenHandler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void udp(Endpoint local, UdpHandler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
      members.add(handler);
      groups.add(group);
      handler.onBound(
          group,
          new Datagrams() {
            @Override
            public void send(Endpoint to, ByteBuffer payload) {
              assertThat(to).isEqualTo(group);
              assertThat(payload.remaining()).isLessThanOrEqualTo(LsdCodec.MAX_BYTES);
              said.add(LsdCodec.decode(payload).orElseThrow());
            }

            @Override
            public void close() {
              members.remove(handler);
            }
          });
    }
  }

  private static Set<Hash> torrents(int count) {
    Set<Hash> all = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      all.add(Hash.sha1(new byte[] {(byte) i, (byte) (i >> 8), 7}));
    }
    return all;
  }

  private void start() {
    lsd.start(List.of(Hosts.any(0).address()));
  }

  private void run(Set<Hash> torrents, int seconds) {
    for (int i = 0; i < seconds; i++) {
      lsd.tick(torrents, 6_881, i * SECOND);
    }
  }

  @Test
  void aTorrentIsToldEachFiveMinutes() {
    start();
    run(torrents(1), 901);
    assertThat(room.said).hasSize(4);
    assertThat(room.said.getFirst().port()).isEqualTo(6_881);
    assertThat(room.groups).containsExactly(Lsd.GROUPS.getFirst());
  }

  @Test
  void manyTorrentsTakeTurnsOneMessageAMinute() {
    start();
    run(torrents(100), 290);
    assertThat(room.said).hasSize(5);
    assertThat(room.said.stream().flatMap(m -> m.hashes().stream()))
        .containsExactlyInAnyOrderElementsOf(torrents(100));
  }

  @Test
  void withoutAPortOrAGroupNothingIsSaid() {
    run(torrents(1), 10);
    start();
    lsd.tick(torrents(1), 0, SECOND);
    assertThat(room.said).isEmpty();
  }

  @Test
  void peersAreHeardAndOurselvesNot() {
    start();
    run(torrents(1), 1);
    UdpHandlerSays says = new UdpHandlerSays(room.members.getFirst());
    says.say(room.said.getFirst());
    assertThat(heard).isEmpty();
    says.say(new LsdMessage(7_000, List.of(FIRST), Optional.of("theirs")));
    assertThat(heard).containsExactly(FIRST.hex() + " " + Hosts.host(9, 7_000));
  }

  @Test
  void aFloodIsNotHeard() {
    start();
    UdpHandlerSays says = new UdpHandlerSays(room.members.getFirst());
    for (int i = 0; i < 1_000; i++) {
      says.say(new LsdMessage(7_000, List.of(FIRST), Optional.empty()));
    }
    assertThat(heard).hasSize(Lsd.MAX_HEARD_PER_TICK);
  }

  private record UdpHandlerSays(Net.UdpHandler handler) {
    void say(LsdMessage message) {
      handler.onDatagram(Hosts.host(9), LsdCodec.encode(message, Lsd.GROUPS.getFirst()));
    }
  }
}
