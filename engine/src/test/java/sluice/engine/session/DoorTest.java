package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;

class DoorTest {
  private final EngineWorld world = EngineWorld.seeding();

  private List<FakePipe> comeIn(int count, int addresses) {
    List<FakePipe> pipes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pipes.add(world.net.comeIn(0, Hosts.host(1 + i % addresses, 10_000 + i)));
    }
    return pipes;
  }

  private static long open(List<FakePipe> pipes) {
    return pipes.stream().filter(p -> !p.isClosed()).count();
  }

  @Test
  void aPeerThatNamesATorrentIsAnswered() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    byte[] theirs =
        HandshakeCodec.encode(
            new Handshake(false, true, false, false, world.infoHash(), Hosts.id(1)));
    for (byte b : theirs) {
      assertThat(pipe.take()).isEmpty();
      pipe.deliver(new byte[] {b});
    }
    world.loop.run(0);
    assertThat(pipe.take()).hasSize(Handshake.BYTES + 5);
    world.loop.runSeconds(20);
    assertThat(pipe.isClosed()).isFalse();
    assertThat(world.connections()).isEqualTo(1);
  }

  @Test
  void anotherTorrentIsNotServed() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    world.greet(pipe, 1, Hash.sha1(new byte[1]));
    assertThat(pipe.isClosed()).isTrue();
    assertThat(pipe.take()).isEmpty();
  }

  @Test
  void whatIsNoHandshakeIsClosedAtOnceIfItCannotBeEncrypted() {
    EngineConfig plain =
        EngineConfig.defaults(List.of(Hosts.any(6_881))).encryption(EncryptionPolicy.OFF);
    EngineWorld off = new EngineWorld(plain);
    off.engine.start();
    off.loop.runSeconds(1);
    FakePipe pipe = off.net.comeIn(0, Hosts.host(1));
    pipe.deliver("GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(pipe.isClosed()).isTrue();
  }

  /** What may be a public key is waited for no longer than any handshake. */
  @Test
  void aGuestThatMayBeEncryptedHasTenSeconds() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    for (int i = 0; i < 99; i++) {
      pipe.deliver(new byte[] {'x'});
      world.loop.run(100_000_000L);
    }
    assertThat(pipe.isClosed()).isFalse();
    world.loop.run(1_200_000_000L);
    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void aPadWithoutEndIsNotReadToItsEnd() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    for (int i = 0; i < 96 + 512 + 19; i++) {
      pipe.deliver(new byte[] {'x'});
    }
    assertThat(pipe.isClosed()).isFalse();
    pipe.deliver(new byte[] {'x'});
    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void aGuestHasTenSeconds() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    pipe.deliver(new byte[] {19});
    world.loop.run(9_900_000_000L);
    assertThat(pipe.isClosed()).isFalse();
    world.loop.run(1_200_000_000L);
    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void oneAddressHasThirtyTwoGuests() {
    List<FakePipe> pipes = comeIn(40, 1);
    assertThat(open(pipes)).isEqualTo(32);
    FakePipe other = world.net.comeIn(0, Hosts.host(500));
    assertThat(other.isClosed()).isFalse();
    world.greet(pipes.getFirst(), 1, world.infoHash());
    assertThat(world.net.comeIn(0, Hosts.host(1, 20_000)).isClosed()).isFalse();
    assertThat(world.net.comeIn(0, Hosts.host(1, 20_001)).isClosed()).isTrue();
  }

  @Test
  void thereAreTwoHundredGuestsAndTheirPlacesComeBack() {
    List<FakePipe> pipes = comeIn(300, 50);
    assertThat(open(pipes)).isEqualTo(200);
    world.loop.runSeconds(12);
    assertThat(open(pipes)).isZero();
    assertThat(open(comeIn(300, 50))).isEqualTo(200);
  }

  /** Guests that give up leave no permit behind: all 500 connections of a session are free. */
  @Test
  void permitsComeBackHoweverAGreetingEnds() {
    for (int round = 0; round < 10; round++) {
      List<FakePipe> pipes = comeIn(90, 30);
      for (int i = 0; i < pipes.size(); i++) {
        switch (i % 3) {
          case 0 -> pipes.get(i).reset();
          case 1 -> pipes.get(i).deliver(new byte[96]);
          default -> world.greet(pipes.get(i), i, Hash.sha1(new byte[2]));
        }
      }
      world.loop.run(50_000_000L);
      assertThat(open(pipes)).isZero();
    }
    assertThat(open(comeIn(200, 50))).isEqualTo(200);
  }

  @Test
  void aPortThatTheSystemChoseIsUsedForTheOtherFamily() {
    List<Endpoint> listen = List.of(Hosts.any(0), Hosts.host(9, 0));
    EngineWorld both = new EngineWorld(EngineConfig.defaults(listen));
    both.engine.start();
    both.loop.runSeconds(1);
    assertThat(both.events)
        .containsExactly(
            new EngineEvent.Listening(Hosts.any(40_001)),
            new EngineEvent.Listening(Hosts.host(9, 40_001)));
  }

  @Test
  void anAddressThatIsTakenIsToldAndTheNextIsTried() {
    List<Endpoint> listen = List.of(Hosts.any(6_881), Hosts.any(6_882));
    EngineWorld both = new EngineWorld(EngineConfig.defaults(listen));
    both.net.taken.add(Hosts.any(6_881));
    var started = both.engine.start();
    both.loop.runSeconds(1);
    assertThat(EngineWorld.isDone(started)).isTrue();
    assertThat(both.events).hasSize(2);
    assertThat(both.events.getFirst()).isInstanceOf(EngineEvent.NotListening.class);
    assertThat(both.events.get(1)).isEqualTo(new EngineEvent.Listening(Hosts.any(6_882)));
  }

  /** A listener that dies later is told of; the others are not opened a second time. */
  @Test
  void aListenerThatDiesIsToldOnly() {
    List<Endpoint> listen = List.of(Hosts.any(6_881), Hosts.any(6_882));
    EngineWorld both = new EngineWorld(EngineConfig.defaults(listen));
    both.engine.start();
    both.loop.runSeconds(1);
    both.net.die(0);
    both.loop.runSeconds(1);
    assertThat(both.net.listened()).isEqualTo(2);
    assertThat(both.events).hasSize(3);
    assertThat(both.events.getLast()).isInstanceOf(EngineEvent.NotListening.class);
  }
}
