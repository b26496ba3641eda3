package sluice.protocol.metainfo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import sluice.protocol.address.HostPort;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;

/**
 * Reads what stands around the info dictionary. Nothing here is fatal: what cannot be used is left
 * out and reported.
 */
final class OuterReader {
  /** Most tracker URLs that are kept, of all tiers together. */
  static final int MAX_TRACKERS = 1_000;

  /** Most web seeds that are kept. */
  static final int MAX_WEB_SEEDS = 1_000;

  /** Most DHT nodes that are kept. */
  static final int MAX_NODES = 1_000;

  /** The last second of the year 9999; later dates are noise. */
  private static final long MAX_DATE_SECONDS = 253_402_300_799L;

  private final BDictionary root;
  private final SoftErrors softErrors;

  OuterReader(BDictionary root, SoftErrors softErrors) {
    this.root = root;
    this.softErrors = softErrors;
  }

  /** The tiers of {@code announce-list}, else {@code announce} as the only one (BEP 12). */
  List<List<String>> trackers() {
    List<List<String>> tiers = new ArrayList<>();
    int room = MAX_TRACKERS;
    for (BValue value : root.list("announce-list").map(BList::items).orElse(List.of())) {
      List<BValue> urls = value instanceof BList tier ? tier.items() : List.of(value);
      List<String> tier = new ArrayList<>(1);
      for (BValue url : urls) {
        Optional<String> text = url(url, "announce-list");
        if (text.isPresent() && room > 0) {
          tier.add(text.get());
          room--;
        }
      }
      if (!tier.isEmpty()) {
        tiers.add(List.copyOf(tier));
      }
    }
    if (tiers.isEmpty()) {
      root.get("announce").flatMap(v -> url(v, "announce")).map(List::of).ifPresent(tiers::add);
    }
    if (room == 0) {
      softErrors.add("only the first " + MAX_TRACKERS + " trackers are used");
    }
    return List.copyOf(tiers);
  }

  /** The web seeds of BEP 19, escaped; in a multi-file torrent each ends with a slash. */
  List<String> webSeeds(boolean singleFile) {
    Optional<BValue> value = root.get("url-list");
    if (value.isEmpty()) {
      return List.of();
    }
    List<BValue> urls = value.get() instanceof BList list ? list.items() : List.of(value.get());
    SequencedSet<String> seeds = new LinkedHashSet<>();
    for (BValue item : urls) {
      Optional<String> url = url(item, "url-list");
      if (url.isPresent() && seeds.size() < MAX_WEB_SEEDS) {
        String escaped = Urls.escaped(url.get());
        seeds.add(singleFile || escaped.endsWith("/") ? escaped : escaped + "/");
      }
    }
    return List.copyOf(seeds);
  }

  /** The DHT nodes of BEP 5. */
  List<HostPort> nodes() {
    List<HostPort> nodes = new ArrayList<>();
    for (BValue value : root.list("nodes").map(BList::items).orElse(List.of())) {
      Optional<HostPort> node = value instanceof BList pair ? node(pair.items()) : Optional.empty();
      if (node.isEmpty()) {
        softErrors.add("a DHT node is not a host and a port");
      } else if (nodes.size() < MAX_NODES) {
        nodes.add(node.get());
      }
    }
    return List.copyOf(nodes);
  }

  /** A text, preferring the {@code .utf-8} form of the key. */
  Optional<String> text(String key) {
    return root.string(key + ".utf-8").or(() -> root.string(key)).map(BString::utf8);
  }

  /** When the file was made. */
  Optional<Instant> created() {
    OptionalLong seconds = root.integer("creation date");
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    if (seconds.getAsLong() < 0 || seconds.getAsLong() > MAX_DATE_SECONDS) {
      softErrors.add("creation date is out of range");
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(seconds.getAsLong()));
  }

  private static Optional<HostPort> node(List<BValue> pair) {
    if (pair.size() == 2
        && pair.get(0) instanceof BString host
        && pair.get(1) instanceof BInteger(long port)
        && port >= 1
        && port <= 65_535) {
      return Urls.host(host.utf8()).map(h -> new HostPort(h, (int) port));
    }
    return Optional.empty();
  }

  private Optional<String> url(BValue value, String key) {
    Optional<String> url =
        value instanceof BString text ? Urls.cleaned(text.utf8()) : Optional.empty();
    if (url.isEmpty() && !(value instanceof BString empty && empty.length() == 0)) {
      softErrors.add(key + " has an entry that is no URL");
    }
    return url;
  }
}
