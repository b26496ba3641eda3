package sluice.protocol.announce;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.protocol.address.Endpoint;

/** A datagram from a tracker to a client (BEP 15). */
public sealed interface UdpReply {

  /** A connection id, good for one minute. */
  record Connected(int transaction, long connection) implements UdpReply {}

  /** Peers. */
  record Announced(
      int transaction, int intervalSeconds, int leeches, int seeds, List<Endpoint> peers)
      implements UdpReply {
    public Announced {
      peers = List.copyOf(peers);
    }

    /** The same as from any tracker. */
    public AnnounceReply.Peers reply() {
      return new AnnounceReply.Peers(
          TrackerLimits.interval(intervalSeconds),
          OptionalInt.empty(),
          TrackerLimits.count(seeds),
          TrackerLimits.count(leeches),
          peers,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Counts in the order of the request. */
  record Scraped(int transaction, List<Counts> counts) implements UdpReply {
    public Scraped {
      counts = List.copyOf(counts);
    }
  }

  /** The counts of one torrent. */
  record Counts(int seeds, int completed, int leeches) {}

  /** The tracker refuses. */
  record Refused(int transaction, String message) implements UdpReply {

    /** The same as from any tracker. */
    public AnnounceReply reply() {
      return new AnnounceReply.Failure(message, OptionalInt.empty());
    }
  }

  /** Makes no sense, or is none of these. */
  record Malformed(String detail) implements UdpReply {}
}
