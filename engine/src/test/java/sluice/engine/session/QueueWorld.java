package sluice.engine.session;

import java.util.ArrayList;
import java.util.List;
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
import sluice.engine.port.Calendar;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;

/** An engine with several torrents in virtual time. */
final class QueueWorld {
  final FakeLoop loop = new FakeLoop();
  final FakeNet net = new FakeNet(loop);
  final FakePool pool = new FakePool(256);
  final List<EngineEvent> events = new ArrayList<>();
  final List<Content> contents = new ArrayList<>();
  final List<FakeStorage> storages = new ArrayList<>();
  final Engine engine;

  /** What the clock on the wall shows. */
  Calendar.Moment moment = Calendar.NONE.now();

  QueueWorld(Policies policies) {
    this(EngineConfig.defaults(List.of(Hosts.any(6_881))).policies(policies));
  }

  QueueWorld(EngineConfig config) {
    Ports ports =
        new Ports(loop, net, new FakeHttp(loop), new FakeResolver(loop), new FakeEntropy(3), pool)
            .at(() -> moment);
    engine = new Engine(ports, config, events::add);
    engine.start();
  }

  /** Prepares one more torrent, of which everything is there or nothing. */
  TorrentSpec spec(boolean complete) {
    Content content = Content.of(contents.size() + 2, 1);
    FakeStorage storage = new FakeStorage(loop, pool, content);
    if (complete) {
      storage.fill();
    }
    contents.add(content);
    storages.add(storage);
    return TorrentSpec.of(content.metainfo(), () -> storage);
  }

  /** Adds {@code count} torrents. */
  void add(int count, boolean complete) {
    for (int i = 0; i < count; i++) {
      engine.add(spec(complete));
    }
    loop.runSeconds(1);
  }

  /** Adds a complete torrent that stands closed. */
  void addClosed() {
    TorrentSpec open = spec(true);
    TorrentSource source =
        new TorrentSource() {
          @Override
          public void open(Handler handler) {
            open.source().open(handler);
          }

          @Override
          public boolean waits() {
            return true;
          }

          @Override
          public TorrentSnapshot known(InfoHashes torrent) {
            return TorrentSnapshot.known(torrent, 4, 9, new Done(4, 9), Totals.ZERO);
          }
        };
    engine.add(new TorrentSpec(open.hashes(), source, true, true, false, List.of(), 0, 0));
    loop.run(100_000_000L);
  }

  InfoHashes hashes(int torrent) {
    return contents.get(torrent).metainfo().info().hashes();
  }

  TorrentSnapshot snapshot(int torrent) {
    return engine.snapshot(hashes(torrent)).orElseThrow();
  }

  List<Phase> phases() {
    return engine.snapshot().stream().map(TorrentSnapshot::phase).toList();
  }

  /** The torrents in the order of the queue. */
  List<Integer> order() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      all.add(i);
    }
    all.sort((a, b) -> Long.compare(snapshot(a).place().order(), snapshot(b).place().order()));
    return all;
  }

  Outcome command(int torrent, Command command) {
    var told = engine.command(hashes(torrent), command).toCompletableFuture();
    loop.runSeconds(1);
    return told.getNow(new Outcome.Refused("it takes longer"));
  }

  void move(int torrent, QueueMove move) {
    engine.move(hashes(torrent), move);
    loop.run(0);
  }

  /** Peer {@code n} connects and names {@code torrent}. */
  FakePipe visit(int torrent, int n) {
    FakePipe pipe = net.comeIn(0, Hosts.host(n));
    Handshake theirs =
        new Handshake(false, true, false, false, hashes(torrent).wire().getFirst(), Hosts.id(n));
    pipe.deliver(HandshakeCodec.encode(theirs));
    loop.runSeconds(1);
    return pipe;
  }
}
