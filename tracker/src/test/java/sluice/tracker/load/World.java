package sluice.tracker.load;

import java.nio.ByteBuffer;

/**
 * Peers of a load: everything about a peer follows from its number, so that an answer can be
 * checked without a table. Peers share a few loopback addresses.
 *
 * @param addresses how many
 * @param mayTellSelf whether a tracker may tell a peer of itself, as opentracker does
 */
record World(int peers, int swarms, int addresses, boolean mayTellSelf) {
  private static final int LEAST_ADDRESSES = 16;
  private static final int FIRST_PORT = 1_024;
  private static final int MAX_PORT = 65_535;
  private static final int FIRST_ADDRESS = 0x7f000001;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  /** A world with as many addresses as the peers need, and not less than 16. */
  World(int peers, int swarms, boolean mayTellSelf) {
    this(
        peers, swarms, Math.max(LEAST_ADDRESSES, 1 + peers / (MAX_PORT - FIRST_PORT)), mayTellSelf);
  }

  /** The peer with the given place among those of one address. */
  int peer(int address, int place) {
    return place * addresses + address;
  }

  /** How many peers an address has. */
  int places(int address) {
    return (peers - address + addresses - 1) / addresses;
  }

  int port(int peer) {
    return FIRST_PORT + peer / addresses;
  }

  static int ip(int address) {
    return FIRST_ADDRESS + address;
  }

  static String host(int address) {
    int ip = ip(address);
    return "127.0." + (ip >> 8 & 0xff) + "." + (ip & 0xff);
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
    if (address < 0 || address >= addresses || place < 0) {
      return false;
    }
    int other = peer(address, place);
    return other < peers && (mayTellSelf || other != peer) && swarm(other) == swarm(peer);
  }
}
