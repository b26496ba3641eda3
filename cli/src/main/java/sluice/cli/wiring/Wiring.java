package sluice.cli.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
  private final Optional<Following> following;

  private Wiring(
      ClientConfig config,
      Resumption resumption,
      Trading trading,
      Manner manner,
      Optional<Following> following) {
    this.config = config;
    this.resumption = resumption;
    this.trading = trading;
    this.manner = manner;
    this.following = following;
  }

  /** Parts for {@code network}; nothing is opened on it yet. Nothing is kept. */
  public static Wiring of(Network network) {
    return new Wiring(
        network.clientConfig(), Resumption.UNCHANGED, Trading.NONE, Manner.USUAL, Optional.empty());
  }

  /**
   * The same, keeping torrents and progress in {@code state}; those in it run as {@code
   * resumption}.
   */
  public static Wiring of(Network network, Path state, Resumption resumption) {
    return new Wiring(
        network.clientConfig().keep(state),
        resumption,
        Trading.NONE,
        Manner.USUAL,
        Optional.empty());
  }

  /** The same when these torrents are to be worked on. */
  public Wiring naming(Collection<InfoHashes> torrents) {
    List<Hash> hashes = torrents.stream().flatMap(each -> each.wire().stream()).toList();
    return new Wiring(config, resumption.naming(hashes), trading, manner, following);
  }

  /** The same with a part in the market. */
  public Wiring trading(Trading part) {
    return new Wiring(config, resumption, part, manner, following);
  }

  /** The same, in which torrents are added in another way. */
  public Wiring adding(Manner other) {
    return new Wiring(config, resumption, trading, other, following);
  }

  /** The same, following a link that can be changed. */
  public Wiring following(Following link) {
    return new Wiring(config, resumption, trading, manner, Optional.of(link));
  }

  @Override
  public Session open(Consumer<EngineEvent> events) {
    return new ClientSession(config, resumption, trading, manner, following, events);
  }

  @Override
  public byte[] fetch(URI uri, int maxBytes) throws InterruptedException {
    return WebFetch.of(uri, maxBytes, config);
  }
}
