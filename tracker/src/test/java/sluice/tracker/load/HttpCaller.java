package sluice.tracker.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One connection of a load by HTTP: writes requests without strings, and checks what is answered
 * byte by byte.
 */
final class HttpCaller {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] END = bytes("\r\n\r\n");
  private static final byte[] PEERS = bytes("5:peers");
  private static final int MAX_ANSWER = 8_192;
  private static final int PEER_BYTES = 6;

  final int address;
  long askedNanos;
  private final World world;
  private final byte[] request;
  private final ByteBuffer hash = ByteBuffer.allocate(20);
  private final byte[] heard = new byte[MAX_ANSWER];
  private int size;
  private int peer;

  HttpCaller(World world, int address, boolean keep) {
    this.world = world;
    this.address = address;
    this.request =
        bytes(
            "GET /announce?info_hash="
                + "%00".repeat(20)
                + "&peer_id=-LD0001-abcdefghijkl&port=00000&uploaded=0&downloaded=0&left=0"
                + "&compact=1&numwant=50 HTTP/1.1\r\nHost: t\r\nUser-Agent: load\r\n"
                + (keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The announce of the peer with the given number among those of this address. */
  void write(int place, ByteBuffer out) {
    peer = world.peer(address, place);
    size = 0;
    World.putHash(hash, 0, world.swarm(peer));
    int at = "GET /announce?info_hash=".length();
    for (int i = 0; i < hash.capacity(); i++) {
      int b = hash.get(i) & 0xff;
      request[at + 1] = HEX[b >> 4];
      request[at + 2] = HEX[b & 15];
      at += 3;
    }
    at += "&peer_id=-LD0001-abcdefghijkl&port=".length();
    int port = world.port(peer);
    for (int i = 4; i >= 0; i--) {
      request[at + i] = (byte) ('0' + port % 10);
      port /= 10;
    }
    request[at + 5 + "&uploaded=0&downloaded=0&left=".length()] =
        (byte) (World.isSeed(peer) ? '0' : '9');
    out.clear().put(request).flip();
  }

  /** Takes what was read; what does not fit makes the answer wrong. */
  void hear(ByteBuffer in) {
    int count = Math.min(in.remaining(), heard.length - size);
    in.get(heard, size, count);
    size += count;
  }

  boolean hasHeard() {
    return size > 0;
  }

  /** Whether the head and as much as it promises are there. */
  boolean isWhole() {
    int head = find(END, 0, size);
    if (head < 0) {
      return false;
    }
    int at = findName(head);
    return at >= 0 && size >= head + 4 + number(at);
  }

  /** Whether it is a reply with no peers but those that the world allows. */
  boolean isRight() {
    int at = find(PEERS, 0, size);
    if (at < 0) {
      return false;
    }
    int from = at + PEERS.length;
    int length = number(from);
    while (from < size && heard[from] != ':') {
      from++;
    }
    from++;
    if (length % PEER_BYTES != 0 || from + length > size) {
      return false;
    }
    for (int i = from; i < from + length; i += PEER_BYTES) {
      int ip = heard[i] << 24 | (heard[i + 1] & 0xff) << 16 | (heard[i + 2] & 0xff) << 8;
      int port = (heard[i + 4] & 0xff) << 8 | (heard[i + 5] & 0xff);
      if (!world.mayTell(peer, ip | (heard[i + 3] & 0xff), port)) {
        return false;
      }
    }
    return true;
  }

  private int find(byte[] word, int from, int to) {
    for (int i = from; i <= to - word.length; i++) {
      int same = 0;
      while (same < word.length && heard[i + same] == word[same]) {
        same++;
      }
      if (same == word.length) {
        return i;
      }
    }
    return -1;
  }

  /** Where the value of the length is; names of headers are in any case. */
  private int findName(int to) {
    for (int i = 0; i <= to - LENGTH.length; i++) {
      int same = 0;
      while (same < LENGTH.length && (heard[i + same] | 0x20) == (LENGTH[same] | 0x20)) {
        same++;
      }
      if (same == LENGTH.length) {
        return i + same;
      }
    }
    return -1;
  }

  private int number(int from) {
    int at = from;
    while (at < size && heard[at] == ' ') {
      at++;
    }
    int value = 0;
    while (at < size && heard[at] >= '0' && heard[at] <= '9' && value < MAX_ANSWER) {
      value = value * 10 + heard[at++] - '0';
    }
    return value;
  }
}
