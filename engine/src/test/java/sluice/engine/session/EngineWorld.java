package sluice.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.Hosts;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;

/** An engine in virtual time. */
final class EngineWorld {
  final FakeLoop loop = new FakeLoop();
  final FakeNet net = new FakeNet(loop);
  final FakePool pool = new FakePool(64);
  final FakeHttp http = new FakeHttp(loop);
  final Content content;
  final FakeStorage storage;
  final List<EngineEvent> events = new ArrayList<>();
  final Engine engine;

  EngineWorld(EngineConfig config) {
    this(config, Content.of(4, 2));
  }

  EngineWorld(EngineConfig config, Content content) {
    this.content = content;
    this.storage = new FakeStorage(loop, pool, content);
    Ports ports = new Ports(loop, net, http, new FakeResolver(loop), new FakeEntropy(3), pool);
    engine = new Engine(ports, config, events::add);
  }

  /** An engine that listens at one port and seeds. */
  static EngineWorld seeding() {
    EngineWorld world = new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
    world.storage.fill();
    world.engine.start();
    world.add();
    world.loop.runSeconds(1);
    return world;
  }

  CompletionStage<Outcome> add() {
    return add(storage);
  }

  CompletionStage<Outcome> add(FakeStorage storage) {
    return engine.add(TorrentSpec.of(content.metainfo(), () -> storage));
  }

  /** Does {@code command} and gives what became of it within five seconds. */
  Outcome command(Command command) {
    var told = engine.command(content.metainfo().info().hashes(), command).toCompletableFuture();
    loop.runSeconds(5);
    return told.join();
  }

  TorrentSnapshot.Phase phase() {
    return engine.snapshot().getFirst().phase();
  }

  Hash infoHash() {
    return content.metainfo().info().hashes().wire().getFirst();
  }

  /** Sends the handshake of peer {@code n} for {@code infoHash} on {@code pipe}. */
  void greet(FakePipe pipe, int n, Hash infoHash) {
    Handshake theirs = new Handshake(false, true, false, false, infoHash, Hosts.id(n));
    pipe.deliver(HandshakeCodec.encode(theirs));
    loop.run(0);
  }

  static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  int connections() {
    return engine.snapshot().stream().mapToInt(TorrentSnapshot::peers).sum();
  }
}
