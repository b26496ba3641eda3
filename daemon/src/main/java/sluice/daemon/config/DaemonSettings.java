package sluice.daemon.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.client.ClientConfig;
import sluice.client.limit.LimitRules;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;

/**
 * How a daemon is to run.
 *
 * @param client its network; the state is in {@code state}
 * @param state folder of its torrents, keys and settings
 * @param downloads folder of data, unless somebody says otherwise
 * @param folders in which data may be besides {@code downloads}; nobody gets others by an API
 * @param listen where the web server listens
 * @param hosts names by which it may be called
 * @param door how it is reached
 * @param limits classes of bandwidth and what holds when
 * @param watch folder of which torrent files are added
 * @param fetchPrivate whether torrent files may be fetched from private addresses
 * @param root folder with another page than ours
 * @param market where is paid, if anywhere
 * @param tracker that runs inside of the daemon
 * @param notices who is told what happens
 */
public record DaemonSettings(
    ClientConfig client,
    Path state,
    Path downloads,
    List<Path> folders,
    InetSocketAddress listen,
    List<String> hosts,
    DoorSettings door,
    LimitRules limits,
    Optional<Path> watch,
    boolean fetchPrivate,
    Optional<Path> root,
    Optional<MarketSettings> market,
    TrackerPlace tracker,
    NoticeSettings notices) {

  public DaemonSettings {
    folders = List.copyOf(folders);
    hosts = List.copyOf(hosts);
  }

  /** The same with a market. */
  public DaemonSettings trading(MarketSettings where) {
    return new DaemonSettings(
        client,
        state,
        downloads,
        folders,
        listen,
        hosts,
        door,
        limits,
        watch,
        fetchPrivate,
        root,
        Optional.of(where),
        tracker,
        notices);
  }

  /** The version of the program as peers are told it; empty if they are not. */
  public String version() {
    String agent = client.engine().userAgent();
    String version = agent.substring(agent.indexOf('/') + 1);
    return version.length() < agent.length() ? version : "";
  }

  /** The port of the web server, unless somebody says otherwise. */
  public static final int USUAL_PORT = 8_390;

  /**
   * What {@code file} says, with {@code places} where it says nothing.
   *
   * @param userAgent program and version
   * @param routers nodes by which the DHT is entered
   * @throws ConfigProblem if something makes no sense
   */
  public static DaemonSettings of(
      ConfigFile file, Places places, String userAgent, List<HostPort> routers) {
    ConfigFile.Web web = file.web() == null ? ConfigFile.Web.EMPTY : file.web();
    ConfigFile.Network network = file.network() == null ? ConfigFile.Network.EMPTY : file.network();
    String address = web.address() == null ? "127.0.0.1" : web.address();
    InetAddress listen =
        IpLiteral.parse(address)
            .orElseThrow(() -> new ConfigProblem("web.address: '" + address + "' is no address"));
    return new DaemonSettings(
        PeerNetwork.of(network, userAgent, routers),
        places.state(),
        folder(file.downloads()).orElse(places.downloads()),
        Optional.ofNullable(file.folders()).orElse(List.of()).stream()
            .flatMap(text -> folder(text).stream())
            .toList(),
        new InetSocketAddress(listen, PeerNetwork.port(web.port(), USUAL_PORT)),
        Optional.ofNullable(web.hosts()).orElse(List.of()),
        DoorSettings.of(web.tls(), web.proxies()),
        limits(file.bandwidth()),
        folder(file.watch()),
        web.fetchPrivate() != null && web.fetchPrivate(),
        folder(web.root()),
        market(file.market()),
        TrackerPlace.of(file.tracker()),
        NoticeSettings.of(file.run(), file.webhook()));
  }

  private static Optional<MarketSettings> market(ConfigFile.@Nullable Market said) {
    if (said == null) {
      return Optional.empty();
    }
    String ledger = said.ledger() == null ? "" : said.ledger();
    if (!ledger.matches("https?://[^/?#\\s]+/?")) {
      throw new ConfigProblem("market.ledger: '" + ledger + "' is no address of a ledger");
    }
    return Optional.of(
        new MarketSettings(
            URI.create(ledger),
            folder(said.wallet()),
            folder(said.passwordFile()),
            said.inPrivate() != null && said.inPrivate()));
  }

  private static LimitRules limits(ConfigFile.@Nullable Limits said) {
    if (said == null) {
      return LimitRules.NONE;
    }
    try {
      return LimitRules.parse(
          Objects.requireNonNullElse(said.classes(), List.of()),
          Objects.requireNonNullElse(said.peers(), List.of()),
          Objects.requireNonNullElse(said.schedule(), List.of()));
    } catch (IllegalArgumentException e) {
      throw new ConfigProblem("bandwidth: " + e.getMessage());
    }
  }

  static Optional<Path> folder(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(text);
      if (folder.isAbsolute()) {
        return Optional.of(folder.normalize());
      }
    } catch (InvalidPathException e) {
      throw new ConfigProblem("no path: " + text);
    }
    throw new ConfigProblem("folders are written from the root on: " + text);
  }
}
