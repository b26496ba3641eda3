package sluice.tracker.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import sluice.tracker.http.Talks;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Passkeys;
import sluice.tracker.service.Progress;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Visit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One connection of a browser. Used by its loop; others only send through it. */
final class Signaller implements Talks.Talk {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ID_CHARS = 20;
  private static final int MAX_OFFERS = 10;
  private static final int MAX_SCRAPED = 100;

  /** Torrents of one connection. */
  private static final int MAX_TORRENTS = 1_000;

  /** Clients of one torrent on one connection; with more the oldest is taken for gone. */
  private static final int MAX_CLIENTS = 10;

  /** A peer that is lost is found out when its connection ends, so intervals are only a fifth. */
  private static final int INTERVAL_PART = 5;

  private final Signalling all;
  private final TrackerCore core;
  private final Clock clock;
  private final String passkey;
  private final long high;
  private final long low;
  private final Consumer<String> say;
  private final Visit visit = new Visit();

  /**
   * Info-hash to the peer ids that it was announced with: clients of one page share a connection.
   */
  private final Map<String, LinkedHashSet<String>> announced = new HashMap<>();

  Signaller(
      Signalling all,
      TrackerCore core,
      Clock clock,
      String path,
      byte[] remote,
      Consumer<String> say) {
    this.all = all;
    this.core = core;
    this.clock = clock;
    this.passkey = Passkeys.ofPath(path);
    this.say = say;
    ByteBuffer words = ByteBuffer.allocate(16).put(16 - remote.length, remote);
    this.high = words.getLong(0);
    this.low = words.getLong(8);
  }

  @Override
  public void hear(String text) {
    if (!core.admits(high, low, clock.seconds())) {
      core.counters().websocket().refused().increment();
      return;
    }
    JsonNode message = parsed(text);
    String action = message.path("action").asString("");
    String problem =
        switch (action) {
          case "announce" -> announce(message);
          case "scrape" -> scrape(message);
          default -> "unknown action";
        };
    if (!problem.isEmpty()) {
      core.counters().websocket().malformed().increment();
      ObjectNode reply = JSON.createObjectNode().put("failure reason", problem);
      if (action.equals("announce") || action.equals("scrape")) {
        reply.put("action", action).put("info_hash", message.path("info_hash").asString(""));
      }
      say.accept(reply.toString());
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return JSON.createObjectNode().put("problem", e.getOriginalMessage());
    }
  }

  /** Gives what is wrong, or nothing. */
  private String announce(JsonNode message) {
    String hash = message.path("info_hash").asString("");
    String id = message.path("peer_id").asString("");
    if (!isId(hash) || !isId(id)) {
      return isId(hash) ? "invalid peer_id" : "invalid info_hash";
    }
    visit.hash(bytes(hash), 0);
    Gate gate = core.gate();
    Verdict verdict = gate.admit(visit, bytes(id).getLong(0), gate.readsPasskeys() ? passkey : "");
    if (verdict != Verdict.ADMITTED) {
      return verdict.text();
    }
    String event = message.path("event").asString("");
    if (event.equals("stopped")) {
      leave(hash, id);
    } else if (message.has("answer")) {
      return forwardAnswer(message, hash, id);
    } else {
      String problem = keep(message, hash, id, event);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    core.counters().websocket().announces().increment();
    boolean stopped = event.equals("stopped");
    if (gate.readsPasskeys()) {
      gate.served(visit, client(id), !stopped, passkey, progress(message));
    }
    reply(hash);
    if (!stopped) {
      forwardOffers(message, hash, id);
    }
    return "";
  }

  /** Two browsers of a user have hardly ever the same; their addresses tell less. */
  private static long client(String id) {
    ByteBuffer bytes = bytes(id);
    return bytes.getLong(4) * 31 + bytes.getLong(12);
  }

  /** What makes no sense, and what is left while nobody knows it, is 0. */
  private static Progress progress(JsonNode message) {
    return new Progress(
        message.path("uploaded").asLong(0),
        message.path("downloaded").asLong(0),
        message.path("left").asLong(0));
  }

  private String keep(JsonNode message, String hash, String id, String event) {
    if (!announced.containsKey(hash) && announced.size() >= MAX_TORRENTS) {
      return "too many torrents on one connection";
    }
    if (!all.put(hash, id, this, isSeed(message), event.equals("completed"))) {
      return "peer_id is in use";
    }
    LinkedHashSet<String> ids = announced.computeIfAbsent(hash, _ -> new LinkedHashSet<>());
    ids.add(id);
    if (ids.size() > MAX_CLIENTS) {
      leave(hash, ids.getFirst());
    }
    return "";
  }

  private void leave(String hash, String id) {
    all.remove(hash, id, this);
    LinkedHashSet<String> ids = announced.get(hash);
    if (ids != null && ids.remove(id) && ids.isEmpty()) {
      announced.remove(hash);
    }
  }

  private static boolean isSeed(JsonNode message) {
    JsonNode left = message.path("left");
    return (left.isNumber() && left.asDouble() == 0) || left.asString("").equals("0");
  }

  private void reply(String hash) {
    Signalling.Counts counts = all.counts(hash);
    int interval = Math.max(1, core.pace().seconds() / INTERVAL_PART);
    say.accept(
        JSON.createObjectNode()
            .put("action", "announce")
            .put("info_hash", hash)
            .put("interval", interval)
            .put("complete", counts.seeds())
            .put("incomplete", counts.leeches())
            .toString());
  }

  private void forwardOffers(JsonNode message, String hash, String id) {
    List<JsonNode> offers = new ArrayList<>();
    for (JsonNode offer : message.path("offers")) {
      if (offers.size() < MAX_OFFERS
          && offer.path("offer").isObject()
          && isId(offer.path("offer_id").asString(""))) {
        offers.add(offer);
      }
    }
    List<Signaller> others = all.choose(hash, id, isSeed(message), offers.size());
    for (int i = 0; i < others.size(); i++) {
      JsonNode offer = offers.get(i);
      ObjectNode forward = forward(hash, id, offer.path("offer_id").asString(""));
      forward.set("offer", offer.path("offer"));
      others.get(i).say.accept(forward.toString());
    }
  }

  private String forwardAnswer(JsonNode message, String hash, String id) {
    String to = message.path("to_peer_id").asString("");
    String offer = message.path("offer_id").asString("");
    if (!isId(to) || !isId(offer) || !message.path("answer").isObject()) {
      return "invalid answer";
    }
    LinkedHashSet<String> ids = announced.get(hash);
    if (ids == null || !ids.contains(id)) {
      return "announce before you answer";
    }
    ObjectNode forward = forward(hash, id, offer);
    forward.set("answer", message.path("answer"));
    all.find(hash, to).ifPresent(other -> other.say.accept(forward.toString()));
    core.counters().websocket().announces().increment();
    return "";
  }

  private static ObjectNode forward(String hash, String id, String offer) {
    return JSON.createObjectNode()
        .put("action", "announce")
        .put("info_hash", hash)
        .put("peer_id", id)
        .put("offer_id", offer);
  }

  /** Gives what is wrong, or nothing. */
  private String scrape(JsonNode message) {
    JsonNode asked = message.path("info_hash");
    List<String> hashes = new ArrayList<>();
    for (JsonNode hash : asked.isArray() ? asked : JSON.createArrayNode().add(asked)) {
      hashes.add(hash.asString(""));
    }
    if (hashes.size() > MAX_SCRAPED || !hashes.stream().allMatch(Signaller::isId)) {
      return "invalid info_hash";
    }
    ObjectNode reply = JSON.createObjectNode().put("action", "scrape");
    ObjectNode files = reply.putObject("files");
    for (String hash : hashes) {
      Gate gate = core.gate();
      visit.hash(bytes(hash), 0);
      Verdict verdict = gate.admitScrape(visit, gate.readsPasskeys() ? passkey : "");
      if (verdict != Verdict.ADMITTED) {
        return verdict.text();
      }
      Signalling.Counts counts = all.counts(hash);
      files
          .putObject(hash)
          .put("complete", counts.seeds())
          .put("incomplete", counts.leeches())
          .put("downloaded", counts.downloads());
    }
    reply
        .putObject("flags")
        .put("min_request_interval", Math.max(1, core.pace().seconds() / INTERVAL_PART));
    core.counters().websocket().scrapes().increment();
    say.accept(reply.toString());
    return "";
  }

  /** 20 characters, each of which is a byte. */
  private static boolean isId(String text) {
    return text.length() == ID_CHARS && text.chars().allMatch(c -> c <= 0xff);
  }

  private static ByteBuffer bytes(String id) {
    return ByteBuffer.wrap(id.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void end() {
    announced.forEach((hash, ids) -> ids.forEach(id -> all.remove(hash, id, this)));
    announced.clear();
  }
}
