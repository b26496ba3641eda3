package sluice.cli.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.cli.source.Fetcher;
import sluice.cli.transfer.Session;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;

/** Chooses the parts of a transfer: what fetches torrent files, and what runs torrents. */
public final class Wiring implements Session.Factory, Fetcher {
  private final EngineConfig config;
  private final Optional<Path> state;
  private final Resumption resumption;

  private Wiring(EngineConfig config, Optional<Path> state, Resumption resumption) {
    this.config = config;
    this.state = state;
    this.resumption = resumption;
  }

  /** Parts for {@code network}; nothing is opened on it yet. Nothing is kept. */
  public static Wiring of(Network network) {
    return new Wiring(network.engineConfig(), Optional.empty(), Resumption.UNCHANGED);
  }

  /**
   * The same, keeping torrents and progress in {@code state}; those in it run as {@code
   * resumption}.
   */
  public static Wiring of(Network network, Path state, Resumption resumption) {
    return new Wiring(network.engineConfig(), Optional.of(state), resumption);
  }

  @Override
  public Session open(Consumer<EngineEvent> events) {
    return state
        .<Session>map(folder ->
            new ClientSession(ClientConfig.of(config).keep(folder), folder, resumption, events))
        .orElseGet(() -> new EngineSession(config, events));
  }

  @Override
  public byte[] fetch(URI uri, int maxBytes) throws InterruptedException {
    return WebFetch.of(uri, maxBytes, config);
  }
}
