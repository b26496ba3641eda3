package sluice.engine.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakeRoom;
import sluice.engine.fake.Hosts;
import sluice.protocol.digest.Hash;
import sluice.protocol.lsd.LsdMessage;

/** What is told to the local network, and heard of it. */
class LsdTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Hash FIRST = Hash.sha1(new byte[] {1});

  private final FakeNet net = new FakeNet(new FakeLoop());
  private final FakeRoom room = net.room;
  private final List<String> heard = new ArrayList<>();
  private final Lsd lsd =
      new Lsd(net, new FakeEntropy(3), (torrent, peer) -> heard.add(torrent.hex() + " " + peer));

  private int gathered;

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
      lsd.tick(
          () -> {
            gathered++;
            return torrents;
          },
          6_881,
          i * SECOND);
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
    assertThat(gathered).as("nobody is asked in vain").isEqualTo(5);
    assertThat(room.said.stream().flatMap(m -> m.hashes().stream()))
        .containsExactlyInAnyOrderElementsOf(torrents(100));
  }

  @Test
  void withoutAPortOrAGroupNothingIsSaid() {
    run(torrents(1), 10);
    start();
    lsd.tick(() -> torrents(1), 0, SECOND);
    assertThat(room.said).isEmpty();
  }

  @Test
  void peersAreHeardAndOurselvesNot() {
    start();
    run(torrents(1), 1);
    room.say(Hosts.host(9), room.said.getFirst());
    assertThat(heard).isEmpty();
    room.say(Hosts.host(9), new LsdMessage(7_000, List.of(FIRST), Optional.of("theirs")));
    assertThat(heard).containsExactly(FIRST.hex() + " " + Hosts.host(9, 7_000));
  }

  @Test
  void aFloodIsNotHeard() {
    start();
    for (int i = 0; i < 1_000; i++) {
      room.say(Hosts.host(9), new LsdMessage(7_000, List.of(FIRST), Optional.empty()));
    }
    assertThat(heard).hasSize(Lsd.MAX_HEARD_PER_TICK);
  }
}
