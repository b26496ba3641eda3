package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.announce.HttpAnnounce;
import sluice.protocol.announce.HttpScrape;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.protocol.announce.UdpServerCodec;

/** Readers of what trackers answer, and of what clients send to one. */
final class TrackerReaders {
  private static final int MOST = 1_000;
  private static final int MOST_CHARS = 300;

  static final List<CorpusReader> ALL =
      List.of(
          CorpusReader.of("http-announce", Refused.class, TrackerReaders::announce),
          CorpusReader.of("http-scrape", Refused.class, TrackerReaders::scrape),
          CorpusReader.of("udp-reply", Refused.class, TrackerReaders::udpReply),
          CorpusReader.of("udp-request", Refused.class, TrackerReaders::udpRequest));

  private TrackerReaders() {}

  private static void announce(byte[] input) throws Refused {
    switch (HttpAnnounce.parse(input)) {
      case AnnounceReply.Peers peers -> check(peers);
      case AnnounceReply.Failure(String reason, _) -> bounded(reason.length(), MOST_CHARS);
      case AnnounceReply.Malformed(String detail) -> throw new Refused(detail);
    }
  }

  private static void check(AnnounceReply.Peers reply) {
    bounded(reply.peers().size(), MOST);
    bounded(reply.intervalSeconds() - 1, 86_400);
    bounded(reply.seeds().orElse(0), Integer.MAX_VALUE);
    bounded(reply.leeches().orElse(0), Integer.MAX_VALUE);
    bounded(reply.warning().orElse("").length(), MOST_CHARS);
    reply.peers().forEach(peer -> bounded(peer.port() - 1, 65_534));
  }

  private static void scrape(byte[] input) throws Refused {
    switch (HttpScrape.parse(input)) {
      case ScrapeReply.Counts counts -> bounded(counts.entries().size(), MOST);
      case ScrapeReply.Failure(String reason) -> bounded(reason.length(), MOST_CHARS);
      case ScrapeReply.Malformed(String detail) -> throw new Refused(detail);
    }
  }

  private static void udpReply(byte[] input) throws Refused {
    ByteBuffer datagram = ByteBuffer.wrap(input);
    UdpReply ipv4 = UdpCodec.decode(datagram, false);
    UdpReply ipv6 = UdpCodec.decode(datagram, true);
    if (ipv4 instanceof UdpReply.Malformed != ipv6 instanceof UdpReply.Malformed) {
      throw new AssertionError("malformed in one family only");
    }
    switch (ipv4) {
      case UdpReply.Announced announced -> {
        bounded(announced.peers().size(), MOST);
        check(announced.reply());
      }
      case UdpReply.Scraped scraped -> bounded(scraped.counts().size(), UdpCodec.MAX_SCRAPED);
      case UdpReply.Refused refused -> bounded(refused.message().length(), MOST_CHARS);
      case UdpReply.Connected _ -> {}
      case UdpReply.Malformed(String detail) -> throw new Refused(detail);
    }
  }

  private static void udpRequest(byte[] input) throws Refused {
    Optional<UdpRequest> request = UdpServerCodec.decode(ByteBuffer.wrap(input));
    if (request.isEmpty()) {
      throw new Refused("not a request");
    }
    if (request.get() instanceof UdpRequest.Connect connect
        && !Arrays.equals(UdpCodec.encode(connect), Arrays.copyOf(input, 16))) {
      throw new AssertionError("does not come back: " + connect);
    }
  }

  private static void bounded(int value, int most) {
    if (value < 0 || value > most) {
      throw new AssertionError(value + " is not in 0.." + most);
    }
  }

  /** What the values of the announce package call malformed. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String detail) {
      super(detail);
    }
  }
}
