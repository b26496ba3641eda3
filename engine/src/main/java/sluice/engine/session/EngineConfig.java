package sluice.engine.session;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.DhtConfig;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Transports;
import sluice.protocol.address.Endpoint;

/**
 * Settings of an engine.
 *
 * @param listen where to accept peers; the first that succeeds gives the announced port
 * @param outgoing address to connect and announce from; empty leaves it to the system
 * @param userAgent program and version as told to trackers and peers, such as {@code Sluice/0.1.0}
 * @param peerIdPrefix eight ASCII characters of BEP 20, such as {@code -SL0100-}
 * @param downBytesPerSecond receive limit of the session; 0 for none
 * @param upBytesPerSecond send limit of the session; 0 for none
 * @param maxPeers connected peers of the session
 * @param maxPeersPerTorrent connected peers of one torrent
 * @param maxHalfOpen outgoing connections that are being opened
 * @param uploadSlots unchoked peers of one torrent, the optimistic one included
 * @param encryption of connections with peers
 * @param policies what it does by itself
 * @param dht whether and how the DHT is used
 * @param transports of connections with peers
 * @param lsd whether peers are looked for in the local network
 * @param rules of the way to others
 */
public record EngineConfig(
    List<Endpoint> listen,
    Optional<Endpoint> outgoing,
    String userAgent,
    String peerIdPrefix,
    long downBytesPerSecond,
    long upBytesPerSecond,
    int maxPeers,
    int maxPeersPerTorrent,
    int maxHalfOpen,
    int uploadSlots,
    EncryptionPolicy encryption,
    Policies policies,
    DhtConfig dht,
    Transports transports,
    boolean lsd,
    NetRules rules) {

  public EngineConfig {
    listen = List.copyOf(listen);
    if (peerIdPrefix.length() != 8) {
      throw new IllegalArgumentException("a peer id prefix has 8 characters: " + peerIdPrefix);
    }
  }

  /** One without DHT, uTP and local discovery that does nothing by itself. */
  public EngineConfig(
      List<Endpoint> listen,
      Optional<Endpoint> outgoing,
      String userAgent,
      String peerIdPrefix,
      long downBytesPerSecond,
      long upBytesPerSecond,
      int maxPeers,
      int maxPeersPerTorrent,
      int maxHalfOpen,
      int uploadSlots,
      EncryptionPolicy encryption) {
    this(
        listen,
        outgoing,
        userAgent,
        peerIdPrefix,
        downBytesPerSecond,
        upBytesPerSecond,
        maxPeers,
        maxPeersPerTorrent,
        maxHalfOpen,
        uploadSlots,
        encryption,
        Policies.NONE,
        DhtConfig.OFF,
        Transports.TCP,
        false,
        NetRules.DEFAULT);
  }

  /** The defaults, listening at {@code listen}. */
  public static EngineConfig defaults(List<Endpoint> listen) {
    return new EngineConfig(
        listen,
        Optional.empty(),
        "Sluice/0.1.0",
        "-SL0100-",
        0,
        0,
        500,
        100,
        50,
        8,
        EncryptionPolicy.ALLOWED);
  }

  /** The defaults, listening at a free port of the loopback address: for one machine alone. */
  public static EngineConfig loopback() {
    return defaults(List.of(new Endpoint(InetAddress.getLoopbackAddress(), 0)));
  }

  /** How many connections there may be. */
  public PeerLimits peers() {
    return new PeerLimits(maxPeers, maxHalfOpen, maxPeersPerTorrent, PeerLimits.PER_ADDRESS);
  }

  /** The same with rate limits in bytes per second; 0 for none. */
  public EngineConfig limits(long down, long up) {
    return with(draft -> {
      draft.downBytesPerSecond = down;
      draft.upBytesPerSecond = up;
    });
  }

  /** The same with another number of upload slots for each torrent. */
  public EngineConfig uploadSlots(int slots) {
    return with(draft -> draft.uploadSlots = slots);
  }

  /** The same with another policy of encryption. */
  public EngineConfig encryption(EncryptionPolicy policy) {
    return with(draft -> draft.encryption = policy);
  }

  /** The same with other policies. */
  public EngineConfig policies(Policies changed) {
    return with(draft -> draft.policies = changed);
  }

  /** The same with another use of the DHT. */
  public EngineConfig dht(DhtConfig changed) {
    return with(draft -> draft.dht = changed);
  }

  /** The same with other transports. */
  public EngineConfig transports(Transports changed) {
    return with(draft -> draft.transports = changed);
  }

  /** The same with or without a search for peers in the local network. */
  public EngineConfig lsd(boolean on) {
    return with(draft -> draft.lsd = on);
  }

  /** The same with other rules of the way to others. */
  public EngineConfig rules(NetRules changed) {
    return with(draft -> draft.rules = changed);
  }

  private EngineConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** A copy that is being changed. */
  private static final class Draft {
    private final List<Endpoint> listen;
    private final Optional<Endpoint> outgoing;
    private final String userAgent;
    private final String peerIdPrefix;
    private long downBytesPerSecond;
    private long upBytesPerSecond;
    private final int maxPeers;
    private final int maxPeersPerTorrent;
    private final int maxHalfOpen;
    private int uploadSlots;
    private EncryptionPolicy encryption;
    private Policies policies;
    private DhtConfig dht;
    private Transports transports;
    private boolean lsd;
    private NetRules rules;

    Draft(EngineConfig from) {
      listen = from.listen;
      outgoing = from.outgoing;
      userAgent = from.userAgent;
      peerIdPrefix = from.peerIdPrefix;
      downBytesPerSecond = from.downBytesPerSecond;
      upBytesPerSecond = from.upBytesPerSecond;
      maxPeers = from.maxPeers;
      maxPeersPerTorrent = from.maxPeersPerTorrent;
      maxHalfOpen = from.maxHalfOpen;
      uploadSlots = from.uploadSlots;
      encryption = from.encryption;
      policies = from.policies;
      dht = from.dht;
      transports = from.transports;
      lsd = from.lsd;
      rules = from.rules;
    }

    EngineConfig config() {
      return new EngineConfig(
          listen,
          outgoing,
          userAgent,
          peerIdPrefix,
          downBytesPerSecond,
          upBytesPerSecond,
          maxPeers,
          maxPeersPerTorrent,
          maxHalfOpen,
          uploadSlots,
          encryption,
          policies,
          dht,
          transports,
          lsd,
          rules);
    }
  }
}
