package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Fault;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/** Very many torrents are started at once. */
class TurnstileTest {
  private static final int ALL = 300;

  private final EngineWorld world =
      new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
  private final List<InfoHashes> names = new ArrayList<>();
  private final List<InfoHashes> opened = new ArrayList<>();
  private final List<TorrentSource.Handler> handlers = new ArrayList<>();

  private void addAll() {
    world.engine.start();
    for (int i = 0; i < ALL; i++) {
      Hash hash = Hash.sha1(new byte[] {(byte) i, (byte) (i >> 8)});
      InfoHashes hashes = new InfoHashes(Optional.of(hash), Optional.empty());
      names.add(hashes);
      TorrentSource source =
          handler -> {
            opened.add(hashes);
            handlers.add(handler);
          };
      world.engine.add(new TorrentSpec(hashes, source, true, true, false, List.of(), 0, 0));
    }
    world.loop.run(100_000_000L);
  }

  private void answerAll() {
    List<TorrentSource.Handler> all = List.copyOf(handlers);
    handlers.clear();
    all.forEach(h -> h.onFault(new Fault(Fault.Kind.MISSING, "none")));
    world.loop.run(0);
  }

  @Test
  void fewAreOpenedAtATimeInTheOrderInWhichTheyCame() {
    addAll();
    assertThat(opened).isEqualTo(names.subList(0, Turnstile.MOST));
    assertThat(world.engine.snapshot().getFirst().phase()).isEqualTo(Phase.CHECKING);
    assertThat(world.engine.snapshot().get(ALL - 1).phase()).isEqualTo(Phase.QUEUED);
    answerAll();
    assertThat(opened).isEqualTo(names.subList(0, 2 * Turnstile.MOST));
    for (int i = 0; i < ALL / Turnstile.MOST; i++) {
      answerAll();
    }
    assertThat(opened).isEqualTo(names);
    assertThat(world.engine.snapshot()).allMatch(s -> s.phase() == Phase.FAULTED);
  }

  @Test
  void slowOnesAreInTheWayOfOthersOnlyIfTheyAreMany() {
    addAll();
    world.loop.runSeconds(4);
    assertThat(opened).hasSizeGreaterThanOrEqualTo(2 * Turnstile.MOST);
    world.loop.runSeconds(100);
    assertThat(opened).hasSize(Turnstile.MOST_SLOW);
  }

  @Test
  void whoIsStoppedLeavesTheLineAndWhoHasAVisitorIsNext() {
    addAll();
    world.engine.command(names.getFirst(), new Command.Stop());
    world.loop.run(0);
    assertThat(world.engine.snapshot().getFirst().phase()).isEqualTo(Phase.STOPPED);
    world.engine.command(names.get(Turnstile.MOST), new Command.Stop());
    InfoHashes last = names.get(ALL - 1);
    FakePipe pipe = world.net.comeIn(0, Hosts.host(2));
    world.greet(pipe, 2, last.wire().getFirst());
    answerAll();
    assertThat(opened.get(Turnstile.MOST)).isEqualTo(last);
    assertThat(opened.get(Turnstile.MOST + 1)).isEqualTo(names.get(Turnstile.MOST + 1));
    assertThat(world.engine.snapshot().get(Turnstile.MOST).phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void theSessionStopsWithAll() {
    addAll();
    var stopped = world.engine.stop();
    world.loop.runSeconds(1);
    answerAll();
    world.loop.runSeconds(1);
    assertThat(EngineWorld.isDone(stopped)).isTrue();
    assertThat(opened).hasSize(Turnstile.MOST);
  }
}
