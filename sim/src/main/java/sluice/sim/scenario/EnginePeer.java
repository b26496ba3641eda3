package sluice.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.PeerExtension;
import sluice.engine.session.Engine;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Keeper;
import sluice.engine.session.Ports;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.sim.check.Accounts;
import sluice.sim.check.Findings;
import sluice.sim.check.Rest;
import sluice.sim.disk.SimKeeper;
import sluice.sim.disk.SimStorage;
import sluice.sim.disk.SimVolume;

/** The production engine with one torrent on a simulated host. */
public final class EnginePeer {
  /** Port at which every engine listens. */
  public static final int PORT = 6881;

  private final SimHost host;
  private final SimTorrent torrent;
  private final SimVolume volume;
  private final UnaryOperator<EngineConfig> config;
  private final UnaryOperator<TorrentSpec> spec;
  private final Optional<SimKeeper> kept;
  private final Function<SimHost, List<PeerExtension>> extensions;
  private final List<HostPort> friends;
  private final List<EngineEvent> events = new ArrayList<>();
  private final Accounts accounts;
  private Optional<Engine> engine = Optional.empty();
  private Optional<SimStorage> storage = Optional.empty();
  private Optional<RuntimeException> startFailure = Optional.empty();

  /**
   * How a peer runs.
   *
   * @param config changes the default configuration
   * @param spec changes the default torrent, which uses trackers and has no limits
   * @param kept what outlives its processes; empty if nothing is remembered
   * @param extensions of other modules, made for each process
   */
  public record Options(
      UnaryOperator<EngineConfig> config,
      UnaryOperator<TorrentSpec> spec,
      Optional<SimKeeper> kept,
      Function<SimHost, List<PeerExtension>> extensions) {
    /** A peer that speaks no extensions of other modules. */
    public Options(
        UnaryOperator<EngineConfig> config,
        UnaryOperator<TorrentSpec> spec,
        Optional<SimKeeper> kept) {
      this(config, spec, kept, host -> List.of());
    }

    /** A peer that remembers nothing. */
    public Options(UnaryOperator<EngineConfig> config, UnaryOperator<TorrentSpec> spec) {
      this(config, spec, Optional.empty());
    }

    /** The same with extensions of other modules. */
    public Options speaking(Function<SimHost, List<PeerExtension>> others) {
      return new Options(config, spec, kept, others);
    }

    /** The defaults. */
    public static final Options DEFAULT = new Options(c -> c, s -> s);

    /** Rate limits of the session in bytes per second; 0 for none. */
    public static Options limits(long down, long up) {
      return new Options(c -> c.limits(down, up), s -> s);
    }

    /** The defaults, with progress that is kept in {@code records}. */
    public static Options kept(SimKeeper records) {
      return new Options(c -> c, s -> s, Optional.of(records));
    }
  }

  EnginePeer(
      SimHost host, SimTorrent torrent, SimVolume volume, Options options, List<HostPort> friends) {
    this.host = host;
    this.friends = List.copyOf(friends);
    this.torrent = torrent;
    this.volume = volume;
    this.config = options.config();
    this.spec = options.spec();
    this.kept = options.kept();
    this.extensions = options.extensions();
    this.accounts = new Accounts(host.setup().name(), volume);
  }

  /** What people call it. */
  public String name() {
    return host.setup().name();
  }

  /** The machine. */
  public SimHost host() {
    return host;
  }

  /** What is on its disk. */
  public SimVolume volume() {
    return volume;
  }

  /** Where it accepts peers. */
  public Endpoint endpoint() {
    return new Endpoint(host.setup().address(), PORT);
  }

  /** What its engines have told since the last start. */
  public List<EngineEvent> events() {
    return List.copyOf(events);
  }

  /** Whether it has told an event of {@code type}. */
  public boolean hasTold(Class<? extends EngineEvent> type) {
    return events.stream().anyMatch(type::isInstance);
  }

  /** Whether an engine runs. */
  public boolean isRunning() {
    return engine.isPresent();
  }

  /** The torrent as the engine shows it; empty while there is none. */
  public Optional<TorrentSnapshot> snapshot() {
    return engine.flatMap(e -> e.snapshot().stream().findFirst());
  }

  /** Whether the engine says that everything is there. */
  public boolean isComplete() {
    return snapshot().map(s -> s.phase() == TorrentSnapshot.Phase.SEEDING).orElse(false);
  }

  /** Starts an engine with the torrent. */
  public void start() {
    events.clear();
    if (kept.isPresent()) {
      accounts.resumed();
    } else {
      accounts.started();
    }
    Keeper keeper = kept.map(k -> k.process(host.loop())).orElseGet(Keeper::inMemory);
    Ports ports = host.ports().extended(extensions.apply(host));
    Engine started = new Engine(ports, configuration(), keeper, events::add);
    SimStorage opened = host.storage(volume);
    TorrentSpec plain =
        new TorrentSpec(
            torrent.metainfo().info().hashes(),
            TorrentSource.of(torrent.metainfo(), () -> opened),
            true,
            true,
            friends.isEmpty(),
            friends,
            0,
            0);
    started
        .start()
        .thenCompose(v -> started.add(spec.apply(plain)))
        .whenComplete((hashes, failure) -> startFailed(failure));
    engine = Optional.of(started);
    storage = Optional.of(opened);
  }

  private EngineConfig configuration() {
    return config.apply(EngineConfig.defaults(List.of(endpoint())));
  }

  /** Upload slots of its engines. */
  int uploadSlots() {
    return configuration().uploadSlots();
  }

  private void startFailed(@Nullable Throwable failure) {
    if (failure != null) {
      startFailure = Optional.of(new IllegalStateException(name() + " did not start", failure));
    }
  }

  /** The engine that runs. */
  public Optional<Engine> engine() {
    return engine;
  }

  /** The storage of the process that runs. */
  public Optional<SimStorage> storage() {
    return storage;
  }

  /** Asks the engine to stop. */
  public CompletionStage<Void> stop() {
    return engine.orElseThrow().stop();
  }

  /** Kills the process; see {@link SimHost#crash}. */
  public void crash(boolean silent) {
    host.crash(silent);
    engine = Optional.empty();
    storage = Optional.empty();
  }

  /** The engine has stopped: so does its process. */
  public void exit() {
    host.crash(false);
    kept.ifPresent(SimKeeper::closed);
    engine = Optional.empty();
    storage = Optional.empty();
  }

  /** Starts a process and an engine after a crash. */
  public void restart() {
    host.restart();
    start();
  }

  /** Checks what must hold at any moment. */
  void observe(Findings findings) {
    startFailure.ifPresent(failure -> {
      throw failure;
    });
    snapshot().ifPresent(s -> accounts.check(s, findings));
  }

  /** Checks what must hold after {@link #stop}. */
  void atRest(Findings findings) {
    if (!isRunning()) {
      return;
    }
    Rest.pool(name(), host.pool(), findings);
    storage.ifPresent(s -> Rest.storage(name(), s, findings));
  }

  /** One line for people. */
  public String describe() {
    return name() + " " + snapshot().map(Object::toString).orElse("off");
  }
}
