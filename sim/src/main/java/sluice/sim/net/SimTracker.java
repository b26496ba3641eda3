package sluice.sim.net;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.protocol.address.Endpoint;
import sluice.sim.world.Chance;

/** A tracker that answers compact HTTP announces (BEP 3, 7, 23) and can be switched off. */
public final class SimTracker implements Site {
  private static final int MOST_PEERS = 50;

  private final Chance chance;
  private final int intervalSeconds;
  private final Map<String, Map<Endpoint, Long>> swarms = new LinkedHashMap<>();
  private final Map<String, Integer> events = new LinkedHashMap<>();
  private Answer outage = new Answer.Refused();
  private boolean up = true;
  private int announces;

  /** A tracker without peers that asks for announces each {@code intervalSeconds}. */
  public SimTracker(Chance chance, int intervalSeconds) {
    this.chance = chance;
    this.intervalSeconds = intervalSeconds;
  }

  /** Answers from now on. */
  public void up() {
    up = true;
  }

  /** Gives {@code answer} to everybody from now on. */
  public void down(Answer answer) {
    up = false;
    outage = answer;
  }

  /** Requests so far, unanswered ones included. */
  public int announces() {
    return announces;
  }

  /** Answered announces with {@code event}; the empty text for those without one. */
  public int announces(String event) {
    return events.getOrDefault(event, 0);
  }

  /** Peers of all torrents. */
  public int peers() {
    return swarms.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public Answer get(InetAddress from, URI uri) {
    announces++;
    if (!up) {
      return outage;
    }
    Map<String, String> query = parse(uri.getRawQuery());
    String hash = query.getOrDefault("info_hash", "");
    if (hash.length() != 20 || !query.containsKey("port")) {
      return body(bencoded("failure reason", "not an announce"));
    }
    String event = query.getOrDefault("event", "");
    events.merge(event, 1, Integer::sum);
    Map<Endpoint, Long> swarm = swarms.computeIfAbsent(hash, h -> new LinkedHashMap<>());
    Endpoint peer = new Endpoint(from, Integer.parseInt(query.getOrDefault("port", "0")));
    swarm.remove(peer);
    int wanted = Integer.parseInt(query.getOrDefault("numwant", "" + MOST_PEERS));
    String reply = reply(swarm, wanted < 0 ? MOST_PEERS : Math.min(wanted, MOST_PEERS));
    if (!event.equals("stopped")) {
      swarm.put(peer, Long.parseLong(query.getOrDefault("left", "0")));
    }
    return body(reply);
  }

  private String reply(Map<Endpoint, Long> swarm, int wanted) {
    List<Endpoint> all = new ArrayList<>(swarm.keySet());
    ByteArrayOutputStream v4 = new ByteArrayOutputStream();
    ByteArrayOutputStream v6 = new ByteArrayOutputStream();
    for (int i = 0; i < wanted && !all.isEmpty(); i++) {
      int chosen = chance.nextInt(all.size());
      Endpoint peer = all.set(chosen, all.getLast());
      all.removeLast();
      ByteArrayOutputStream out = peer.address() instanceof Inet6Address ? v6 : v4;
      out.writeBytes(peer.address().getAddress());
      out.write(peer.port() >> 8);
      out.write(peer.port());
    }
    long seeds = swarm.values().stream().filter(left -> left == 0).count();
    return "d8:completei%de10:incompletei%de8:intervali%de5:peers%d:%s6:peers6%d:%se"
        .formatted(
            seeds,
            swarm.size() - seeds,
            intervalSeconds,
            v4.size(),
            v4.toString(StandardCharsets.ISO_8859_1),
            v6.size(),
            v6.toString(StandardCharsets.ISO_8859_1));
  }

  private static Answer body(String text) {
    return new Answer.Body(200, text);
  }

  private static String bencoded(String key, String value) {
    return "d" + key.length() + ":" + key + value.length() + ":" + value + "e";
  }

  /** The parameters of a raw query; each byte of a value becomes one character. */
  private static Map<String, String> parse(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = 0;
    while (at < query.length()) {
      int amp = query.indexOf('&', at);
      int stop = amp < 0 ? query.length() : amp;
      int equals = query.indexOf('=', at);
      if (equals >= 0 && equals < stop) {
        parameters.put(query.substring(at, equals), unescape(query.substring(equals + 1, stop)));
      }
      at = stop + 1;
    }
    return parameters;
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%' && i + 2 < text.length()) {
        plain.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
