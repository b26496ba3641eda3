package sluice.protocol.magnet;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.MagnetException.Reason;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Urls;

/**
 * Reads magnet URIs (BEP 9, 52, 53). A hash that is missing or wrong is fatal; anything else that
 * cannot be used is left out. One use, one thread; {@link #parse} is the way in.
 */
public final class MagnetParser {
  /** Longest URI in characters. */
  public static final int MAX_LENGTH = 65_536;

  /** Most trackers, and most web seeds, that are kept. */
  public static final int MAX_URLS = 200;

  /** Most peers that are kept. */
  public static final int MAX_PEERS = 200;

  /** Longest name in characters. */
  public static final int MAX_NAME_LENGTH = 1_024;

  private static final String SCHEME = "magnet:?";
  private static final String BTIH = "urn:btih:";
  private static final String BTMH = "urn:btmh:";

  /** The multihash code of SHA-256 with its length. */
  private static final String SHA256_MULTIHASH = "1220";

  private Optional<Hash> v1 = Optional.empty();
  private Optional<Hash> v2 = Optional.empty();
  private Optional<String> name = Optional.empty();
  private final SequencedSet<String> trackers = new LinkedHashSet<>();
  private final SequencedSet<String> webSeeds = new LinkedHashSet<>();
  private final SequencedSet<HostPort> peers = new LinkedHashSet<>();
  private final BitSet selection = new BitSet();

  private MagnetParser() {}

  /** Reads {@code uri}. */
  public static Magnet parse(String uri) throws MagnetException {
    if (uri.length() > MAX_LENGTH) {
      throw new MagnetException(
          Reason.TOO_LONG, "a magnet URI of over " + MAX_LENGTH + " characters");
    }
    String text = uri.strip();
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new MagnetException(Reason.NOT_A_MAGNET, "a magnet URI starts with " + SCHEME);
    }
    MagnetParser parser = new MagnetParser();
    for (String parameter : text.substring(SCHEME.length()).split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parser.parameter(key(parameter.substring(0, equals)), parameter.substring(equals + 1));
      }
    }
    return parser.magnet();
  }

  /** The parameter's name without a number behind it ({@code tr.1}) and the rest of an entity. */
  private static String key(String raw) {
    String key = raw.toLowerCase(Locale.ROOT);
    if (key.startsWith("amp;")) {
      key = key.substring("amp;".length());
    }
    int dot = key.lastIndexOf('.');
    boolean numbered =
        dot > 0
            && dot < key.length() - 1
            && key.chars().skip(dot + 1L).allMatch(Character::isDigit);
    return numbered ? key.substring(0, dot) : key;
  }

  private void parameter(String key, String value) throws MagnetException {
    switch (key) {
      case "xt" -> hash(PercentCodec.decode(value, false));
      case "dn" -> name(PercentCodec.decode(value, true));
      case "tr" -> add(trackers, PercentCodec.decode(value, false), false);
      case "ws" -> add(webSeeds, PercentCodec.decode(value, false), true);
      case "x.pe" -> peer(PercentCodec.decode(value, false));
      case "so" -> FileSelectionCodec.decode(PercentCodec.decode(value, false), selection);
      default -> {
        // other parameters mean nothing to this program
      }
    }
  }

  private Magnet magnet() throws MagnetException {
    if (v1.isEmpty() && v2.isEmpty()) {
      throw new MagnetException(Reason.MISSING_HASH, "the magnet URI has no BitTorrent hash");
    }
    return new Magnet(
        new InfoHashes(v1, v2),
        name,
        List.copyOf(trackers),
        List.copyOf(webSeeds),
        List.copyOf(peers),
        selection.stream().boxed().toList());
  }

  private void hash(String urn) throws MagnetException {
    if (urn.regionMatches(true, 0, BTIH, 0, BTIH.length())) {
      v1 = Optional.of(same(v1, v1Hash(urn.substring(BTIH.length()))));
    } else if (urn.regionMatches(true, 0, BTMH, 0, BTMH.length())) {
      v2 = Optional.of(same(v2, v2Hash(urn.substring(BTMH.length()))));
    }
  }

  private static Hash same(Optional<Hash> known, Hash hash) throws MagnetException {
    if (known.isPresent() && !known.get().equals(hash)) {
      throw new MagnetException(Reason.CONFLICTING_HASHES, "the magnet URI has two hashes");
    }
    return hash;
  }

  private static Hash v1Hash(String text) throws MagnetException {
    if (text.length() == 40 && isHex(text)) {
      return Hash.ofHex(text);
    }
    Optional<byte[]> bytes = text.length() == 32 ? Base32.decode(text) : Optional.empty();
    return Hash.of(
        bytes.orElseThrow(() ->
            new MagnetException(
                Reason.BAD_HASH, "btih is not 40 hexadecimal or 32 base-32 digits")));
  }

  private static Hash v2Hash(String text) throws MagnetException {
    if (text.length() == 68 && text.startsWith(SHA256_MULTIHASH) && isHex(text)) {
      return Hash.ofHex(text.substring(SHA256_MULTIHASH.length()));
    }
    throw new MagnetException(Reason.BAD_HASH, "btmh is not 1220 and 64 hexadecimal digits");
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(HexFormat::isHexDigit);
  }

  private void name(String text) {
    String cut = text.length() <= MAX_NAME_LENGTH ? text : text.substring(0, MAX_NAME_LENGTH);
    if (name.isEmpty() && !cut.isBlank()) {
      name = Optional.of(cut);
    }
  }

  private static void add(SequencedSet<String> urls, String text, boolean escape) {
    Optional<String> url = Urls.cleaned(text);
    if (url.isPresent() && urls.size() < MAX_URLS) {
      urls.add(escape ? Urls.escaped(url.get()) : url.get());
    }
  }

  private void peer(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || peers.size() >= MAX_PEERS) {
      return;
    }
    String hostText = text.substring(0, colon);
    boolean bare = hostText.indexOf(':') >= 0 && !hostText.startsWith("[");
    String portText = text.substring(colon + 1);
    if (bare || portText.length() > 5 || !portText.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return;
    }
    int port = portText.isEmpty() ? 0 : Integer.parseInt(portText);
    if (port >= 1 && port <= 65_535) {
      Urls.host(hostText).ifPresent(host -> peers.add(new HostPort(host, port)));
    }
  }
}
