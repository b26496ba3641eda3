package sluice.engine.swarm;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Our own address as others see it, by a vote: peers tell it in their extension handshake (BEP 10,
 * {@code yourip}) and trackers in their answers (BEP 24, {@code external ip}). Each network, a /24
 * or a /48, has one vote, and so have all trackers together, as a torrent may name any number of
 * them; the last one that was given counts. An address wins with {@link #MIN_VOTES} votes that are
 * more than half of all, and stays until another one wins. Loop only.
 */
public final class ExternalAddress {
  /** Fewest votes for an address. */
  static final int MIN_VOTES = 5;

  /** Most votes of one family; the oldest is forgotten. */
  static final int MAX_VOTES = 64;

  private static final int NETWORK_BYTES_4 = 3;
  private static final int NETWORK_BYTES_6 = 6;
  private static final int IPV4_BYTES = 4;

  private final Ballot ipv4 = new Ballot();
  private final Ballot ipv6 = new Ballot();

  /** The votes of one family. */
  private static final class Ballot {
    private final Map<String, InetAddress> votes = new LinkedHashMap<>();
    private Optional<InetAddress> winner = Optional.empty();

    void vote(String voter, InetAddress seen) {
      votes.remove(voter);
      if (votes.size() >= MAX_VOTES) {
        votes.remove(votes.keySet().iterator().next());
      }
      votes.put(voter, seen);
      Map<InetAddress, Integer> counts = new HashMap<>();
      votes.values().forEach(address -> counts.merge(address, 1, Integer::sum));
      int count = counts.getOrDefault(seen, 0);
      if (count >= MIN_VOTES && 2 * count > votes.size()) {
        winner = Optional.of(seen);
      }
    }
  }

  /** The peer at {@code peer} sees us at {@code seen}. */
  public void peer(InetAddress peer, InetAddress seen) {
    byte[] bytes = peer.getAddress();
    // What it sees of us is of the family of the connection.
    if (bytes.length == seen.getAddress().length) {
      int network = bytes.length == IPV4_BYTES ? NETWORK_BYTES_4 : NETWORK_BYTES_6;
      vote(HexFormat.of().formatHex(bytes, 0, network), seen);
    }
  }

  /** The same, if the peer has told. */
  public void peer(InetAddress peer, Optional<InetAddress> seen) {
    seen.ifPresent(ours -> peer(peer, ours));
  }

  /** A tracker sees us at {@code seen}. */
  public void tracker(InetAddress seen) {
    vote("trackers", seen);
  }

  /** A router of ours is at {@code seen} outside. */
  public void gateway(InetAddress seen) {
    vote("routers", seen);
  }

  private void vote(String voter, InetAddress seen) {
    boolean possible =
        !seen.isAnyLocalAddress()
            && !seen.isLoopbackAddress()
            && !seen.isLinkLocalAddress()
            && !seen.isSiteLocalAddress()
            && !seen.isMulticastAddress();
    if (possible) {
      (seen.getAddress().length == IPV4_BYTES ? ipv4 : ipv6).vote(voter, seen);
    }
  }

  /** Our IPv4 address, once it is known. */
  public Optional<InetAddress> ipv4() {
    return ipv4.winner;
  }

  /** Our IPv6 address, once it is known. */
  public Optional<InetAddress> ipv6() {
    return ipv6.winner;
  }
}
