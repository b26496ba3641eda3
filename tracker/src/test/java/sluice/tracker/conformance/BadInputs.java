package sluice.tracker.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packets, requests and messages that a tracker refuses, each with a name that tells of it. */
final class BadInputs {
  private static final long PROTOCOL = 0x41727101980L;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int SCRAPE_BYTES = 36;
  private static final String ID = "abcdefghijklmnopqrst";
  private static final String GOOD = "info_hash=" + ID + "&peer_id=" + ID + "&port=6001";

  private BadInputs() {}

  /** Datagrams. {@code connection} is good for their sender, so that other faults show. */
  static Map<String, byte[]> datagrams(long connection) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    byte[] announce = request(connection, 1, ANNOUNCE_BYTES);
    byte[] scrape = request(connection, 2, SCRAPE_BYTES);
    for (int length = 1; length < ANNOUNCE_BYTES; length++) {
      all.put("an announce of " + length + " bytes", Arrays.copyOf(announce, length));
    }
    for (int length = 16; length < SCRAPE_BYTES; length++) {
      all.put("a scrape of " + length + " bytes", Arrays.copyOf(scrape, length));
    }
    for (int bit = 0; bit < Long.SIZE; bit += 7) {
      all.put("a connect with bit " + bit + " wrong", request(PROTOCOL ^ (1L << bit), 0, 16));
      all.put("an id with bit " + bit + " wrong", request(connection ^ (1L << bit), 1, 98));
    }
    for (int action : new int[] {-1, 3, 4, 255, 256, 1 << 24, Integer.MIN_VALUE}) {
      all.put("action " + action, request(connection, action, ANNOUNCE_BYTES));
    }
    all.put("a scrape with another's id", request(~connection, 2, SCRAPE_BYTES));
    all.put("the id 0", request(0, 1, ANNOUNCE_BYTES));
    all.put("the protocol's number as id", request(PROTOCOL, 1, ANNOUNCE_BYTES));
    all.put("port 0", ByteBuffer.wrap(announce.clone()).putShort(96, (short) 0).array());
    return all;
  }

  private static byte[] request(long connection, int action, int length) {
    ByteBuffer request = ByteBuffer.allocate(length);
    request.putLong(connection).putInt(action).putInt(7);
    while (request.hasRemaining()) {
      request.put((byte) 1);
    }
    return request.array();
  }

  /** Requests, whole or cut off. */
  static Map<String, String> requests() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String line : firstLines()) {
      all.put(line, line + "\r\nHost: t\r\n\r\n");
    }
    String get = "GET /announce?" + GOOD + " HTTP/1.1\r\n";
    all.put("no empty line", get + "Host: t\r\n");
    all.put("lines end with LF", get.replace("\r", "") + "\n");
    all.put("a huge header", get + "X: " + "y".repeat(9_000) + "\r\n\r\n");
    all.put("many headers", get + "X: y\r\n".repeat(2_000) + "\r\n");
    all.put("a huge target", "GET /announce?a=" + "b".repeat(9_000) + " HTTP/1.1\r\n\r\n");
    all.put("a header without end", get + "X: " + "y".repeat(20_000));
    all.put("bytes of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n");
    all.put("bytes of BitTorrent", "\u0013BitTorrent protocol" + "\0".repeat(48));
    all.put("zeros", "\0".repeat(1_000));
    all.put("an upgrade to nothing", upgrade("Sec-WebSocket-Version: 99\r\n"));
    all.put("an upgrade without a key", upgrade("Sec-WebSocket-Version: 13\r\n"));
    return all;
  }

  private static String upgrade(String more) {
    return "GET / HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + more
        + "\r\n";
  }

  private static List<String> firstLines() {
    List<String> lines = new ArrayList<>();
    for (String query : queries()) {
      lines.add("GET /announce?" + query + " HTTP/1.1");
    }
    for (String query : List.of("", "info_hash", "info_hash=", "info_hash=abc", "x=y", "&&&")) {
      lines.add("GET /scrape?" + query + " HTTP/1.1");
    }
    for (String hash : badIds()) {
      lines.add("GET /scrape?info_hash=" + hash + " HTTP/1.1");
    }
    for (String version : List.of("HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/1.", "http/1.1", "")) {
      lines.add("GET /announce?" + GOOD + " " + version);
    }
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get2")) {
      lines.add(method + " /announce?" + GOOD + " HTTP/1.1");
    }
    lines.addAll(
        List.of("", " ", "GET", "GET ", "GET /", "GET  HTTP/1.1", "GET announce HTTP/1.1"));
    lines.addAll(List.of("GET http://t/announce HTTP/1.1", "GET * HTTP/1.1", "HELO t"));
    lines.addAll(List.of("GET /nothing HTTP/1.1", "GET /announce/x HTTP/1.1"));
    lines.addAll(List.of("GET /api/v1/users HTTP/1.1", "GET /../../etc/passwd HTTP/1.1"));
    return lines;
  }

  private static List<String> queries() {
    List<String> queries = new ArrayList<>(List.of("", "&", "=", "?", "%", "info_hash=" + ID));
    for (String id : badIds()) {
      queries.add("info_hash=" + id + "&peer_id=" + ID + "&port=6001");
      queries.add("info_hash=" + ID + "&peer_id=" + id + "&port=6001");
    }
    String ports = "|0|-1|65536|65537|99999999999999999999|+5|1.5|1e3|0x10|six|6001x|%36";
    for (String port : ports.split("\\|", -1)) {
      queries.add("info_hash=" + ID + "&peer_id=" + ID + "&port=" + port);
    }
    queries.add("info_hash=" + ID + "&peer_id=" + ID);
    queries.add("INFO_HASH=" + ID + "&peer_id=" + ID + "&port=6001");
    return queries;
  }

  /** Values that are not 20 bytes. */
  private static List<String> badIds() {
    return List.of(
        "",
        "a",
        ID.substring(1),
        ID + "u",
        ID + ID,
        "%",
        "%4",
        "%zz" + ID.substring(1),
        "%-1" + ID.substring(1),
        ID + "%",
        ID + "%6",
        ID.substring(1) + "%g1",
        "%61".repeat(19),
        "%61".repeat(21),
        "%%%%%%%%%%%%%%%%%%%%");
  }

  /** Messages within WebSocket's frames, which are answered with a reason. */
  static List<String> messages() {
    List<String> all = new ArrayList<>(List.of(" ", "{", "}", "[]", "null", "7", "\"\"", "{}"));
    all.addAll(
        List.of("{\"action\":7}", "{\"action\":null}", "{\"action\":\"dance\"}", "nonsense"));
    all.addAll(List.of("[".repeat(50_000), "{\"a\":".repeat(20_000), "\\u0000", "'", "{'a':1}"));
    String text = "{\"action\":\"announce\",\"info_hash\":%s,\"peer_id\":%s,\"left\":1%s}";
    String id = "\"" + ID + "\"";
    List<String> ids = new ArrayList<>(List.of("\"\"", "7", "null", "[]", "{}", "true"));
    ids.addAll(List.of("\"" + ID.substring(1) + "\"", "\"" + ID + "u\"", "[" + id + "]"));
    ids.add("\"\u20ac" + ID.substring(1) + "\"");
    for (String bad : ids) {
      all.add(text.formatted(bad, id, ""));
      all.add(text.formatted(id, bad, ""));
    }
    for (String bad : ids.subList(0, 8)) {
      all.add("{\"action\":\"scrape\",\"info_hash\":" + bad.replace("[]", "[7]") + "}");
      all.add(text.formatted(id, id, ",\"answer\":{},\"to_peer_id\":" + bad));
      all.add(
          text.formatted(id, id, ",\"answer\":{},\"offer_id\":" + bad + ",\"to_peer_id\":" + id));
    }
    return all;
  }

  /** Frames that end a connection. */
  static Map<String, byte[]> frames() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (int code : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      all.put("code " + code, Frame.of(0x80 | code, "abc".getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] one = {'a'};
    all.put("not masked", new byte[] {(byte) 0x81, 1, 'a'});
    all.put("a part of nothing", Frame.of(0x80, one));
    all.put("reserved bits", Frame.of(0xf1, one));
    all.put("a long ping", Frame.of(0x89, new byte[126]));
    all.put("a ping in parts", Frame.of(0x09, one));
    all.put("bytes", Frame.of(0x82, one));
    all.put("broken UTF-8", Frame.of(0x81, new byte[] {(byte) 0xc3, 0x28}));
    all.put("a close of one byte", Frame.of(0x88, one));
    all.put("far too long", Frame.of(0x81, new byte[200_000]));
    return all;
  }
}
