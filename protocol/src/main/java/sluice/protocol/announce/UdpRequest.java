package sluice.protocol.announce;

import java.util.List;
import sluice.protocol.digest.Hash;

/** A datagram from a client to a tracker (BEP 15). */
public sealed interface UdpRequest {
  /** Chosen by the client; the reply repeats it. */
  int transaction();

  /** Asks for a connection id. */
  record Connect(int transaction) implements UdpRequest {}

  /**
   * An announce.
   *
   * @param connection from {@link UdpReply.Connected}
   * @param announce what is announced; a tracker id does not travel over UDP
   * @param ip IPv4 address of the client in network order, or 0 for the sender's
   * @param urlData path and query of the tracker's URL (BEP 41), or nothing
   */
  record Announce(
      long connection, int transaction, AnnounceRequest announce, int ip, String urlData)
      implements UdpRequest {}

  /** Asks for the counts of 1 to {@link UdpCodec#MAX_SCRAPED} torrents. */
  record Scrape(long connection, int transaction, List<Hash> infoHashes) implements UdpRequest {
    public Scrape {
      infoHashes = List.copyOf(infoHashes);
      if (infoHashes.isEmpty() || infoHashes.size() > UdpCodec.MAX_SCRAPED) {
        throw new IllegalArgumentException("a scrape of " + infoHashes.size() + " torrents");
      }
    }
  }
}
