package sluice.tracker.swarm;

import java.nio.ByteBuffer;

/**
 * A part of all swarms. Used by one thread at a time.
 *
 * <p>Peers are forgotten by a hand that goes round over the swarms: each {@link #sweep} moves it on
 * and takes out those behind it that have not announced for too long.
 */
final class Shard {
  /** The work of forgetting a peer. */
  private static final int REMOVAL = 8;

  private final long seed;
  private final StoreLimits limits;
  private final Records records;
  private final SwarmIndex index;
  private final Lists lists;

  // Where the hand is: at which list of which swarm.
  private int hand;
  private boolean handIpv6;

  private int ipv4Peers;
  private int ipv6Peers;
  private int seeds;

  Shard(long seed, StoreLimits limits) {
    this.seed = seed;
    this.limits = limits;
    Memory memory = Memory.create();
    this.records = new Records(memory);
    this.index = new SwarmIndex(records, seed);
    this.lists = new Lists(records, seed, memory);
  }

  /** Bits of a hash by which shards and slots are chosen. */
  static long mix(Visit visit, long seed) {
    return mix(visit.hash0, visit.hash1, visit.hash2, seed);
  }

  static long mix(long hash0, long hash1, int hash2, long seed) {
    return Mix.of(Mix.of(hash0, seed) ^ hash2, hash1);
  }

  /** Answers an announce and then keeps what it says; writes peers to {@code out}. */
  void announce(Visit visit, int mix, int seconds, long random, ByteBuffer out) {
    visit.clearAnswer();
    int record = index.find(visit, mix);
    if (record < 0) {
      if (visit.stopped || records.live() >= limits.swarms()) {
        return;
      }
      record = records.allocate(visit);
      index.add(record, mix);
    }
    PeerList list = lists.open(record, visit.ipv6);
    int at = list.find(visit);
    visit.known = at >= 0;
    visit.wasSeed = visit.known && at < list.seedEnd;
    PeerList other = lists.open(record, !visit.ipv6);
    if (!visit.stopped) {
      reply(visit, list, at, other, random, out);
    }
    if (visit.completed && !visit.wasSeed && !visit.stopped) {
      records.countDownload(record);
    }
    visit.downloads = records.downloads(record);
    keep(visit, record, list, at, seconds);
    count(visit, lists.open(record, false));
    count(visit, lists.open(record, true));
  }

  private void reply(
      Visit visit, PeerList own, int at, PeerList other, long random, ByteBuffer out) {
    int ownFrom = from(visit, own);
    int otherFrom = from(visit, other);
    int otherWant = 0;
    if (visit.both) {
      int ownCount = own.size - ownFrom - (at >= ownFrom ? 1 : 0);
      otherWant = Math.max(visit.want / 2, visit.want - ownCount);
      otherWant = Math.min(otherWant, other.size - otherFrom);
    }
    int ownWant = visit.want - otherWant;
    if (visit.ipv6) {
      visit.peers4 = Selection.write(other, otherFrom, -1, otherWant, Mix.next(random | 1), out);
      visit.peers6 = Selection.write(own, ownFrom, at, ownWant, random, out);
    } else {
      visit.peers4 = Selection.write(own, ownFrom, at, ownWant, random, out);
      visit.peers6 = Selection.write(other, otherFrom, -1, otherWant, Mix.next(random | 1), out);
    }
  }

  /** Those who want nothing are told only of those who want something. */
  private static int from(Visit visit, PeerList list) {
    return visit.role == Role.DOWNLOADER ? 0 : list.partialEnd;
  }

  private void keep(Visit visit, int record, PeerList opened, int at, int seconds) {
    PeerList list = opened;
    visit.stored = !visit.stopped;
    if (at >= 0 && !visit.stopped && list.role(at) == visit.role) {
      list.touch(at, seconds);
      return;
    }
    if (at >= 0) {
      list.remove(at);
      countPeers(visit.ipv6, -1, visit.wasSeed ? -1 : 0);
    } else if (visit.stopped || isFull(list)) {
      visit.stored = false;
      return;
    }
    if (!visit.stopped) {
      lists.close(record, visit.ipv6, list);
      list = lists.grow(record, visit.ipv6, list);
      list.insert(visit, seconds);
      countPeers(visit.ipv6, 1, visit.role == Role.SEED ? 1 : 0);
    }
    lists.close(record, visit.ipv6, list);
  }

  private boolean isFull(PeerList list) {
    return ipv4Peers + ipv6Peers >= limits.peers() || list.size >= limits.peersOfSwarm();
  }

  private void countPeers(boolean ipv6, int peers, int seedPeers) {
    ipv4Peers += ipv6 ? 0 : peers;
    ipv6Peers += ipv6 ? peers : 0;
    seeds += seedPeers;
  }

  private static void count(Visit visit, PeerList list) {
    visit.seeds += list.seedEnd;
    visit.partialSeeds += list.partialEnd - list.seedEnd;
    visit.downloaders += list.size - list.partialEnd;
  }

  /** Counts the peers of a swarm; gives whether there is such a swarm. */
  boolean scrape(Visit visit, int mix) {
    visit.clearAnswer();
    int record = index.find(visit, mix);
    if (record < 0) {
      return false;
    }
    visit.downloads = records.downloads(record);
    count(visit, lists.open(record, false));
    count(visit, lists.open(record, true));
    return true;
  }

  /** Anything of the index where a torrent probably is. Takes no lock. */
  int glanceAtIndex(int mix) {
    return index.glance(mix);
  }

  /** The record that probably is that of a torrent; any number. Takes no lock. */
  int probably(int mix) {
    return index.probably(mix);
  }

  /** Anything of the swarm {@code record}. Takes no lock. */
  long glanceAtRecord(int record) {
    return records.glance(record);
  }

  /** Anything of the block in which peers of the swarm {@code record} probably are. No lock. */
  long glanceAtPeers(int record) {
    return lists.glance(records.blockAtGlance(record));
  }

  /**
   * Moves the hand over {@code count} swarms and forgets peers that have not announced for more
   * than {@code ttlSeconds}, and swarms without peers. It ends sooner after some {@code work}: a
   * look at a peer is 1, and to forget one is more.
   */
  void sweep(int seconds, int ttlSeconds, int count, int work) {
    int left = work;
    for (int i = 2 * Math.min(count, records.used()); i > 0 && left > 0; i--) {
      if (hand >= records.used()) {
        hand = 0;
        handIpv6 = false;
      }
      if (!records.isLive(hand)) {
        hand++;
        handIpv6 = false;
        continue;
      }
      PeerList list = lists.open(hand, handIpv6);
      left -= expire(list, seconds, ttlSeconds, left);
      if (list.isSwept()) {
        if (handIpv6 && isEmpty(hand)) {
          forget(hand);
        }
        hand += handIpv6 ? 1 : 0;
        handIpv6 = !handIpv6;
      }
    }
  }

  /** Goes over {@code list}, which is at the hand; gives how much work that was. */
  private int expire(PeerList list, int seconds, int ttlSeconds, int mostWork) {
    int before = list.size;
    int work = 0;
    int at = list.unswept();
    while (at > 0 && (work < mostWork || before <= SmallList.most(1))) {
      at--;
      work++;
      if (list.age(at, seconds) > ttlSeconds) {
        work += REMOVAL;
        countPeers(handIpv6, -1, at < list.seedEnd ? -1 : 0);
        list.remove(at);
      }
    }
    list.unswept(at);
    if (list.size < before) {
      lists.close(hand, handIpv6, list);
    }
    if (before > 0) {
      lists.shrink(hand, handIpv6, list);
    }
    return work;
  }

  private boolean isEmpty(int record) {
    return lists.open(record, false).size + lists.open(record, true).size == 0;
  }

  private void forget(int record) {
    lists.shrink(record, false, lists.open(record, false));
    lists.shrink(record, true, lists.open(record, true));
    int mix = records.mix(record, seed);
    records.free(record);
    index.remove(record, mix);
  }

  int swarms() {
    return records.live();
  }

  /** All records, live and free: what one turn of the hand goes over. */
  int turn() {
    return records.used();
  }

  int ipv4Peers() {
    return ipv4Peers;
  }

  int ipv6Peers() {
    return ipv6Peers;
  }

  int seeds() {
    return seeds;
  }

  long bytes() {
    return records.bytes() + index.bytes() + lists.bytes();
  }
}
