package sluice.protocol.krpc;

import java.util.OptionalLong;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/** What one node asks another. */
public sealed interface DhtQuery {
  /** Its name in messages. */
  String method();

  /** Whether the other is alive. */
  record Ping() implements DhtQuery {
    @Override
    public String method() {
      return "ping";
    }
  }

  /** Nodes near {@code target}. */
  record FindNode(NodeId target, Want want) implements DhtQuery {
    @Override
    public String method() {
      return "find_node";
    }
  }

  /**
   * Peers of a torrent, or nodes that may know some.
   *
   * @param noSeed only peers that download (BEP 33)
   * @param scrape their number, as filters (BEP 33)
   */
  record GetPeers(Hash infoHash, Want want, boolean noSeed, boolean scrape) implements DhtQuery {
    @Override
    public String method() {
      return "get_peers";
    }
  }

  /**
   * Lists the sender as a peer of a torrent.
   *
   * @param port where it accepts peers; meaningless if it is implied
   * @param impliedPort the port that the datagram comes from is meant
   * @param seed it has all (BEP 33)
   */
  record AnnouncePeer(Hash infoHash, int port, boolean impliedPort, boolean seed, BString token)
      implements DhtQuery {
    @Override
    public String method() {
      return "announce_peer";
    }
  }

  /**
   * A stored value (BEP 44).
   *
   * @param seq only a more recent one of a mutable item is wanted
   */
  record Get(NodeId target, OptionalLong seq, Want want) implements DhtQuery {
    @Override
    public String method() {
      return "get";
    }
  }

  /**
   * Stores a value (BEP 44).
   *
   * @param cas the sequence number that the value to be replaced must have
   */
  record Put(BString token, Item item, OptionalLong cas) implements DhtQuery {
    @Override
    public String method() {
      return "put";
    }
  }

  /** Some of the info-hashes that the other has peers of (BEP 51). */
  record SampleInfohashes(NodeId target, Want want) implements DhtQuery {
    @Override
    public String method() {
      return "sample_infohashes";
    }
  }

  /** Something else with a target, to be answered like {@link FindNode} (BEP 5). */
  record Unknown(String method, NodeId target, Want want) implements DhtQuery {}
}
