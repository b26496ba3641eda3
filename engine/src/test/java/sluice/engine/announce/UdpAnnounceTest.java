package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeResolver;
import sluice.protocol.address.Endpoint;

/** The UDP client against a tracker made of bytes (BEP 15). */
class UdpAnnounceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String URL = "udp://192.0.2.9:6969/announce";
  private static final Endpoint TRACKER = new Endpoint(FakeResolver.address("192.0.2.9"), 6_969);
  private final AnnounceWorld world = new AnnounceWorld();
  private final Set<Long> connections = new HashSet<>();
  private int connects;

  /** Answers as BEP 15 says; refuses ids that it has not given. */
  private Optional<byte[]> tracker(Endpoint to, ByteBuffer in) {
    if (in.getInt(8) == 0) {
      assertThat(in.remaining()).isEqualTo(16);
      assertThat(in.getLong(0)).isEqualTo(0x41727101980L);
      connects++;
      long connectionId = 0x1234_5678_9abc_def0L + connects;
      connections.add(connectionId);
      return Optional.of(
          ByteBuffer.allocate(16).putInt(0).putInt(in.getInt(12)).putLong(connectionId).array());
    }
    if (!connections.contains(in.getLong(0))) {
      byte[] text = "bad connection id".getBytes(StandardCharsets.US_ASCII);
      ByteBuffer error = ByteBuffer.allocate(8 + text.length);
      return Optional.of(error.putInt(3).putInt(in.getInt(12)).put(text).array());
    }
    int stride = to.isIpv6() ? 18 : 6;
    ByteBuffer out = ByteBuffer.allocate(20 + stride).putInt(1).putInt(in.getInt(12));
    out.putInt(1_800).putInt(3).putInt(4);
    out.put(
        to.isIpv6() ? FakeResolver.address("2001:db8::5").getAddress() : new byte[] {9, 8, 7, 6});
    return Optional.of(out.putShort((short) 51_413).array());
  }

  private static int event(ByteBuffer announce) {
    return announce.getInt(80);
  }

  private List<Long> sentSeconds() {
    return world.udp.sent.stream().map(s -> s.atNanos() / SECOND).toList();
  }

  @Test
  void connectsAnnouncesAndReusesTheConnection() {
    world.udp.script(this::tracker);
    world.stats = new Announcer.Stats(11, 22, 33, false);
    Announcer announcer = world.announcer(URL);
    announcer.start();
    world.loop.runSeconds(1);
    assertThat(world.heard).containsExactly("peers udp://192.0.2.9:6969/announce 1");
    assertThat(world.peers).hasToString("[9.8.7.6:51413]");
    ByteBuffer first = world.udp.sent.get(1).payload();
    assertThat(first.remaining()).isEqualTo(98);
    assertThat(List.of(first.getLong(56), first.getLong(64), first.getLong(72)))
        .containsExactly(22L, 33L, 11L);
    assertThat(event(first)).isEqualTo(2);
    assertThat(first.getInt(84)).isZero();
    assertThat(first.getShort(96)).isEqualTo((short) 6_881);
    announcer.completed();
    world.loop.runSeconds(50);
    assertThat(event(world.udp.sent.get(2).payload())).isEqualTo(1);
    assertThat(connects).isEqualTo(1);
    announcer.stop(() -> world.heard.add("stopped"));
    world.loop.runSeconds(4);
    assertThat(event(world.udp.sent.getLast().payload())).isEqualTo(3);
    assertThat(world.heard).contains("stopped");
    world.loop.runSeconds(121);
    assertThat(world.udp.open()).isZero();
    assertThat(world.loop.waiting()).isZero();
  }

  @Test
  void connectionsExpireAfterAMinuteAndLostOnesAreRenewed() {
    world.udp.script(this::tracker);
    Announcer announcer = world.announcer(URL);
    announcer.start();
    world.loop.runSeconds(10);
    connections.clear();
    announcer.completed();
    world.loop.runSeconds(1);
    assertThat(connects).isEqualTo(2);
    assertThat(world.heard).hasSize(2).allMatch(h -> h.startsWith("peers"));
    world.loop.runSeconds(70);
    announcer.stop(() -> world.heard.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(connects).isEqualTo(3);
    assertThat(world.heard).contains("stopped");
  }

  @Test
  void silenceIsRepeatedThenGivenUp() {
    world.announcer(URL).start();
    world.loop.runSeconds(104);
    assertThat(sentSeconds()).containsExactly(0L, 15L, 45L);
    assertThat(world.heard).isEmpty();
    world.loop.runSeconds(2);
    assertThat(world.heard).containsExactly("failure udp://192.0.2.9:6969/announce no answer");
    world.loop.runSeconds(5);
    assertThat(sentSeconds()).containsExactly(0L, 15L, 45L, 110L);
  }

  @Test
  void withOthersLeftItTakesHalfAMinute() {
    world.announcer(List.of(List.of(URL), List.of("udp://192.0.2.10:1"))).start();
    world.loop.runSeconds(29);
    assertThat(world.heard).isEmpty();
    world.loop.runSeconds(2);
    assertThat(world.heard).containsExactly("failure udp://192.0.2.9:6969/announce no answer");
    assertThat(world.udp.sent.getLast().to()).hasToString("192.0.2.10:1");
  }

  @Test
  void aRefusedDatagramFailsAtOnce() {
    world.announcer(URL).start();
    world.loop.runSeconds(1);
    world.udp.refuse(TRACKER);
    assertThat(world.heard)
        .containsExactly("failure udp://192.0.2.9:6969/announce port unreachable");
  }

  @Test
  void strangersAndWrongTransactionsAreNotHeard() {
    world.announcer(URL).start();
    world.loop.runSeconds(1);
    int transaction = world.udp.sent.getFirst().payload().getInt(12);
    ByteBuffer good = ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(7);
    world.udp.deliver(new Endpoint(TRACKER.address(), 7_000), good.array());
    world.udp.deliver(new Endpoint(FakeResolver.address("192.0.2.10"), 6_969), good.array());
    world.udp.deliver(TRACKER, good.duplicate().putInt(4, transaction + 1).array());
    world.udp.deliver(TRACKER, new byte[7]);
    assertThat(world.udp.sent).hasSize(1);
    world.udp.deliver(TRACKER, good.putInt(4, transaction).array());
    assertThat(world.udp.sent).hasSize(2);
    assertThat(world.udp.sent.get(1).payload().getLong(0)).isEqualTo(7);
  }

  @Test
  void errorsAreToldAndSecretsAreNot() {
    byte[] text = "no passkey0123".getBytes(StandardCharsets.US_ASCII);
    world.udp.script((to, in) ->
        Optional.of(
            ByteBuffer.allocate(8 + text.length)
                .putInt(3)
                .putInt(in.getInt(12))
                .put(text)
                .array()));
    world.announcer("udp://192.0.2.9:6969/passkey0123/announce").start();
    world.loop.runSeconds(1);
    assertThat(world.heard).containsExactly("failure udp://192.0.2.9:6969/***/announce no ***");
  }

  @Test
  void theUrlIsSentWhenItMatters() {
    world.udp.script(this::tracker);
    world.announcer("udp://192.0.2.9:6969/x/announce?k=1").start();
    world.loop.runSeconds(1);
    ByteBuffer announce = world.udp.sent.get(1).payload();
    byte[] option = new byte[announce.remaining() - 98];
    announce.get(98, option);
    assertThat(new String(option, StandardCharsets.US_ASCII)).isEqualTo("\2\17/x/announce?k=1");
  }

  @Test
  void bothFamiliesAreAnnounced() {
    world.families = List.of(Family.IPV4, Family.IPV6);
    world.resolver.put("t.example", "192.0.2.9", "2001:db8::9", "192.0.2.10");
    world.udp.script(this::tracker);
    world.announcer("udp://t.example:6969").start();
    world.loop.runSeconds(1);
    assertThat(world.peers).extracting(Endpoint::toString).hasSize(2);
    assertThat(world.udp.open()).isEqualTo(2);
    assertThat(world.peers.get(1).isIpv6()).isTrue();
  }

  @Test
  void aNameThatDoesNotResolveFails() {
    world.announcer("udp://nowhere.example:1").start();
    world.loop.runSeconds(1);
    assertThat(world.heard)
        .containsExactly("failure udp://nowhere.example:1 unknown host nowhere.example");
  }

  /** With 30 % of the packets unanswered, 95 % of announces succeed within four minutes. */
  @Test
  void lossIsOvercome() {
    long seed = Long.getLong("sluice.seed", 3);
    SplittableRandom random = new SplittableRandom(seed);
    int good = 0;
    for (int run = 0; run < 300; run++) {
      AnnounceWorld one = new AnnounceWorld();
      one.udp.script((to, in) -> random.nextInt(100) < 30 ? Optional.empty() : tracker(to, in));
      one.announcer(URL).start();
      one.loop.runSeconds(240);
      good += one.heard.stream().anyMatch(h -> h.startsWith("peers")) ? 1 : 0;
    }
    assertThat(good).as("seed %d", seed).isGreaterThan(285);
  }
}
