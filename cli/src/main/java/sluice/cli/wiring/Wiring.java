package sluice.cli.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import sluice.cli.source.Fetcher;
import sluice.cli.transfer.Session;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineEvent;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/** Chooses the parts of a transfer: what fetches torrent files, and what runs torrents. */
public final class Wiring implements Session.Factory, Fetcher {
  private final ClientConfig config;
  private final Resumption resumption;
  private final Trading trading;
  private final Manner manner;

  private Wiring(ClientConfig config, Resumption resumption, Trading trading, Manner manner) {
    this.config = config;
    this.resumption = resumption;
    this.trading = trading;
    this.manner = manner;
  }

  /** Parts for {@code network}; nothing is opened on it yet. Nothing is kept. */
  public static Wiring of(Network network) {
    return new Wiring(network.clientConfig(), Resumption.UNCHANGED, Trading.NONE, Manner.USUAL);
  }

  /**
   * The same, keeping torrents and progress in {@code state}; those in it run as {@code
   * resumption}.
   */
  public static Wiring of(Network network, Path state, Resumption resumption) {
    return new Wiring(network.clientConfig().keep(state), resumption, Trading.NONE, Manner.USUAL);
  }

  /** The same when these torrents are to be worked on. */
  public Wiring naming(Collection<InfoHashes> torrents) {
    List<Hash> hashes = torrents.stream().flatMap(each -> each.wire().stream()).toList();
    return new Wiring(config, resumption.naming(hashes), trading, manner);
  }

  /** The same with a part in the market. */
  public Wiring trading(Trading part) {
    return new Wiring(config, resumption, part, manner);
  }

  /** The same, in which torrents are added in another way. */
  public Wiring adding(Manner other) {
    return new Wiring(config, resumption, trading, other);
  }

  @Override
  public Session open(Consumer<EngineEvent> events) {
    return new ClientSession(config, resumption, trading, manner, events);
  }

  @Override
  public byte[] fetch(URI uri, int maxBytes) throws InterruptedException {
    return WebFetch.of(uri, maxBytes, config);
  }
}
