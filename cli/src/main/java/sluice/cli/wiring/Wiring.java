package sluice.cli.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.source.Fetcher;
import sluice.cli.source.Given;
import sluice.cli.transfer.Item;
import sluice.cli.transfer.Session;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
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
import sluice.protocol.address.Endpoint;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.storage.file.Disk;
import sluice.storage.pool.SlabPool;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** The program's parts put together: network, disk and engine. Closing it ends their threads. */
public final class Wiring implements Session.Factory, Fetcher, AutoCloseable {
  private static final long FETCH_SECONDS = 60;

  private final EngineConfig config;
  private final Transport transport;
  private final SlabPool pool = new SlabPool(SlabPool.DEFAULT_BYTES);
  private final Disk disk = new Disk(pool, Disk.Config.defaults());

  private Wiring(EngineConfig config) {
    this.config = config;
    TransportConfig base = TransportConfig.defaults().agent(config.userAgent());
    this.transport =
        Transport.open(config.outgoing().map(e -> base.from(List.of(e.address()))).orElse(base));
  }

  /** Parts for {@code network}; nothing is opened on it yet. */
  public static Wiring of(Network network) {
    return new Wiring(network.engineConfig());
  }

  @Override
  public Session open(Consumer<EngineEvent> events) {
    Ports ports =
        new Ports(
            transport.loop(),
            transport.net(),
            transport.http(),
            transport.resolver(),
            transport.entropy(),
            pool);
    return new EngineSession(new Engine(ports, config, events));
  }

  @Override
  public byte[] fetch(URI uri, int maxBytes) throws InterruptedException {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    var request =
        new Http.Request(
            uri,
            config.outgoing().map(e -> new Endpoint(e.address(), 0)),
            Optional.empty(),
            maxBytes,
            TimeUnit.SECONDS.toNanos(FETCH_SECONDS));
    transport.loop().execute(() -> transport.http().get(request, new Body(uri, body)));
    try {
      return body.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw new IllegalStateException("the request ended in a bug", e.getCause());
    }
  }

  @Override
  public void close() {
    transport.close();
    disk.close();
  }

  /** Waits for the answer to {@link #fetch}. */
  private record Body(URI uri, CompletableFuture<byte[]> body) implements Http.Handler {
    @Override
    public void onAnswer(int status, byte[] bytes) {
      if (status == 200) {
        body.complete(bytes);
      } else {
        body.completeExceptionally(
            new Problem(
                status == 404 || status == 410 ? ExitCode.NOT_FOUND : ExitCode.FAILED,
                uri + ": the server answers " + status + "; check the address"));
      }
    }

    @Override
    public void onFault(Fault fault) {
      body.completeExceptionally(
          new Problem(
              ExitCode.FAILED,
              uri + " cannot be fetched: " + fault.detail() + "; check the address and network"));
    }
  }

  /** An engine and the files of its torrents. */
  private final class EngineSession implements Session {
    private final Engine engine;

    EngineSession(Engine engine) {
      this.engine = engine;
    }

    @Override
    public CompletionStage<Void> start() {
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
    public CompletionStage<Void> stop() {
      return engine.stop();
    }
  }
}
