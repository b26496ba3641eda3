package sluice.engine.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.protocol.filter.FilterReader;
import sluice.protocol.filter.IpFilter;

/** A filter that is changed while peers are connected. */
class FilterTest {
  private final EngineWorld world = EngineWorld.seeding();

  private static IpFilter filter(int host) {
    String line = Hosts.host(host).address().getHostAddress();
    return FilterReader.read(line.getBytes(US_ASCII)).filter();
  }

  @Test
  void whoIsBlockedIsClosedAtOnceAndNotLetIn() {
    FakePipe blocked = world.net.comeIn(0, Hosts.host(1));
    FakePipe other = world.net.comeIn(0, Hosts.host(2));
    FakePipe greeting = world.net.comeIn(0, Hosts.host(1, 7_777));
    world.greet(blocked, 1, world.infoHash());
    world.greet(other, 2, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(world.connections()).isEqualTo(2);
    world.engine.filter(filter(1));
    world.loop.runSeconds(1);
    assertThat(blocked.isClosed()).isTrue();
    assertThat(greeting.isClosed()).isTrue();
    assertThat(other.isClosed()).isFalse();
    assertThat(world.connections()).isEqualTo(1);
    assertThat(world.net.comeIn(0, Hosts.host(1)).isClosed()).isTrue();
    assertThat(world.net.comeIn(0, Hosts.host(3)).isClosed()).isFalse();
  }

  @Test
  void withoutTheFilterTheyMayComeAgain() {
    world.engine.filter(filter(1));
    world.loop.runSeconds(1);
    assertThat(world.net.comeIn(0, Hosts.host(1)).isClosed()).isTrue();
    world.engine.filter(IpFilter.EMPTY);
    world.loop.runSeconds(1);
    FakePipe pipe = world.net.comeIn(0, Hosts.host(1));
    world.greet(pipe, 1, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(world.connections()).isEqualTo(1);
  }
}
