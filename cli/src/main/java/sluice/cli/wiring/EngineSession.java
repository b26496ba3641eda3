package sluice.cli.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.cli.source.Given;
import sluice.cli.transfer.Item;
import sluice.cli.transfer.Session;
import sluice.engine.port.Storage;
import sluice.engine.session.Engine;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.MagnetSource;
import sluice.engine.session.Outcome;
import sluice.engine.session.Ports;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.storage.file.Disk;
import sluice.storage.pool.SlabPool;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** A session of which nothing is kept: an engine with its network and disk. */
final class EngineSession implements Session {
  private final Transport transport;
  private final Disk disk;
  private final Engine engine;

  EngineSession(EngineConfig config, Consumer<EngineEvent> events) {
    TransportConfig base = TransportConfig.defaults().agent(config.userAgent());
    transport =
        Transport.open(config.outgoing().map(e -> base.from(List.of(e.address()))).orElse(base));
    SlabPool pool = new SlabPool(SlabPool.DEFAULT_BYTES);
    disk = new Disk(pool, Disk.Config.defaults());
    Ports ports =
        new Ports(
            transport.loop(),
            transport.net(),
            transport.http(),
            transport.resolver(),
            transport.entropy(),
            pool);
    engine = new Engine(ports, config, events);
  }

  @Override
  public CompletionStage<?> start() {
    return engine.start();
  }

  @Override
  public CompletionStage<?> add(Item item) {
    TorrentSource source =
        switch (item.given()) {
          case Given.TorrentFile file ->
              TorrentSource.of(file.metainfo(), () -> storage(file.metainfo(), item.folder()));
          case Given.Link(Magnet magnet) ->
              new MagnetSource(magnet, metainfo -> storage(metainfo, item.folder()));
          case Given.Kept kept -> throw new IllegalStateException("nothing is kept: " + kept);
        };
    TorrentSpec spec =
        new TorrentSpec(
                item.id(), source, true, item.download(), item.trackers(), item.peers(), 0, 0)
            .webSeeds(item.webSeeds());
    return engine.add(spec).thenAccept(EngineSession::require);
  }

  private Storage storage(Metainfo metainfo, Path folder) {
    Info info = metainfo.info();
    return disk.open(info.files(), info.layout(), folder, transport.loop());
  }

  private static void require(Outcome outcome) {
    if (!(outcome instanceof Outcome.Done)) {
      throw new IllegalStateException("the torrent was not added: " + outcome);
    }
  }

  @Override
  public List<TorrentSnapshot> snapshot() {
    return engine.snapshot();
  }

  @Override
  public CompletionStage<?> stop() {
    return engine.stop();
  }

  @Override
  public void close() {
    transport.close();
    disk.close();
  }
}
