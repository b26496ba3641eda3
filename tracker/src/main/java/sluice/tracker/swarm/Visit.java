package sluice.tracker.swarm;

import java.nio.ByteBuffer;

/**
 * One announce or scrape on its way through the store: what the peer says, and what it is told.
 * Each thread has one and uses it again, so that nothing is allocated for an announce.
 */
public final class Visit {
  /** Most peers that a reply may have. */
  public static final int MAX_WANT = 1_000;

  /** Bytes that the store may write behind the last peer. */
  public static final int SLACK_BYTES = 8;

  // The info-hash: 8, 8 and 4 bytes, first byte highest.
  long hash0;
  long hash1;
  int hash2;

  // The peer as a record without its time; see PeerList.
  boolean ipv6;
  long word0;
  long word1;
  long word2;

  Role role = Role.DOWNLOADER;
  boolean stopped;
  boolean completed;
  int want;
  boolean both;

  int seeds;
  int partialSeeds;
  int downloaders;
  int downloads;
  int peers4;
  int peers6;
  boolean known;
  boolean wasSeed;
  boolean stored;

  /** A visit that says nothing yet. */
  public Visit() {}

  /** Which torrent: 20 bytes of {@code from} at {@code offset}, big endian. */
  public Visit hash(ByteBuffer from, int offset) {
    return hash(from.getLong(offset), from.getLong(offset + 8), from.getInt(offset + 16));
  }

  /** The same, as numbers: bytes 0 to 7, 8 to 15 and 16 to 19. */
  public Visit hash(long first, long second, int third) {
    hash0 = first;
    hash1 = second;
    hash2 = third;
    return this;
  }

  /** Who announces, by IPv4. */
  public Visit ipv4(int address, int port) {
    ipv6 = false;
    word0 = 0;
    word1 = 0;
    word2 = ((long) address << 32) | ((long) port << 16);
    return this;
  }

  /** Who announces, by IPv6. */
  public Visit ipv6(long high, long low, int port) {
    ipv6 = true;
    word0 = high;
    word1 = low;
    word2 = (long) port << 48;
    return this;
  }

  /** What the announcing peer is. */
  public Visit role(Role is) {
    role = is;
    stopped = false;
    completed = false;
    return this;
  }

  /** The peer leaves. */
  public Visit stopped() {
    stopped = true;
    return this;
  }

  /** The peer has just got the last piece. */
  public Visit completed() {
    completed = true;
    return this;
  }

  /**
   * How many peers are wanted.
   *
   * @param count at most {@link #MAX_WANT}
   * @param bothFamilies whether peers of the other family are wanted, too
   */
  public Visit want(int count, boolean bothFamilies) {
    want = Math.clamp(count, 0, MAX_WANT);
    both = bothFamilies;
    return this;
  }

  /** Bytes 0 to 7 of the info-hash. */
  public long hashFirst() {
    return hash0;
  }

  /** Bytes 8 to 15 of the info-hash. */
  public long hashSecond() {
    return hash1;
  }

  /** Bytes 16 to 19 of the info-hash. */
  public int hashThird() {
    return hash2;
  }

  /** A number that hardly any other address and port has. */
  public long identity() {
    return ipv6 ? Mix.of(word0 ^ word2, word1) : word2;
  }

  /** What the peer is. */
  public Role role() {
    return role;
  }

  /** Appends address and port in network order: 6 bytes for IPv4, 18 for IPv6. */
  public void putEndpoint(ByteBuffer to) {
    if (ipv6) {
      to.putLong(word0).putLong(word1).putShort((short) (word2 >>> 48));
    } else {
      to.putInt((int) (word2 >>> 32)).putShort((short) (word2 >>> 16));
    }
  }

  /** Whether the peer leaves. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether the peer has just got the last piece. */
  public boolean isCompleted() {
    return completed;
  }

  /** Whether the peer announces by IPv6. */
  public boolean isIpv6() {
    return ipv6;
  }

  /** Peers with everything. */
  public int seeds() {
    return seeds;
  }

  /** All other peers, partial seeds included. */
  public int leeches() {
    return partialSeeds + downloaders;
  }

  /** Peers that want more (BEP 21). */
  public int downloaders() {
    return downloaders;
  }

  /** How many times the torrent was completed. */
  public int downloads() {
    return downloads;
  }

  /** IPv4 peers in the reply, of 6 bytes each. */
  public int peers4() {
    return peers4;
  }

  /** IPv6 peers in the reply, of 18 bytes each, after those of IPv4. */
  public int peers6() {
    return peers6;
  }

  /** Whether the peer was in the swarm before. */
  public boolean isKnown() {
    return known;
  }

  /** Whether the peer is in the swarm after this announce. */
  public boolean isStored() {
    return stored;
  }

  /** Forgets the last answer. */
  void clearAnswer() {
    seeds = 0;
    partialSeeds = 0;
    downloaders = 0;
    downloads = 0;
    peers4 = 0;
    peers6 = 0;
    known = false;
    wasSeed = false;
    stored = false;
  }
}
