package sluice.tracker.load;

import java.nio.ByteBuffer;

/**
 * Peers of a load: everything about a peer follows from its number, so that an answer can be
 * checked without a table. Peers share {@link #ADDRESSES} loopback addresses.
 *
 * @param mayTellSelf whether a tracker may tell a peer of itself, as opentracker does
 */
record World(int peers, int swarms, boolean mayTellSelf) {
  static final int ADDRESSES = 16;
  private static final int FIRST_PORT = 1_024;
  private static final int MAX_PORT = 65_535;
  private static final int FIRST_ADDRESS = 0x7f000001;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  World {
    if (peers < 1 || swarms < 1 || peers / ADDRESSES > MAX_PORT - FIRST_PORT) {
      throw new IllegalArgumentException("1 to " + ADDRESSES * (MAX_PORT - FIRST_PORT) + " peers");
    }
  }

  /** The peer with the given place among those of one address. */
  static int peer(int address, int place) {
    return place * ADDRESSES + address;
  }

  static int port(int peer) {
    return FIRST_PORT + peer / ADDRESSES;
  }

  static String host(int address) {
    return "127.0.0." + (1 + address);
  }

  int swarm(int peer) {
    return (int) (((peer * ODD) >>> 33) % swarms);
  }

  static boolean isSeed(int peer) {
    return peer % 3 == 0;
  }

  static void putHash(ByteBuffer out, int at, int swarm) {
    long mixed = (swarm + 1) * ODD;
    out.putLong(at, mixed ^ (mixed >>> 31)).putLong(at + 8, mixed * ODD).putInt(at + 16, swarm);
  }

  /** Whether a tracker may tell {@code peer} of this address. */
  boolean mayTell(int peer, int ip, int port) {
    int address = ip - FIRST_ADDRESS;
    int place = port - FIRST_PORT;
    if (address < 0 || address >= ADDRESSES || place < 0) {
      return false;
    }
    int other = peer(address, place);
    return other < peers && (mayTellSelf || other != peer) && swarm(other) == swarm(peer);
  }
}
