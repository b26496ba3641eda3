package sluice.engine.announce;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.HttpScrape;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.digest.Hash;

/** Asks trackers how many have torrents, without an announce (BEP 15, 48). Thread: the loop. */
final class Scrapes {
  private static final int OK = 200;

  private final Http http;
  private final UdpTrackers udp;
  private final UrlGuard guard;
  private final Optional<Endpoint> outgoing;

  Scrapes(Http http, UdpTrackers udp, UrlGuard guard, Optional<Endpoint> outgoing) {
    this.http = http;
    this.udp = udp;
    this.guard = guard;
    this.outgoing = outgoing;
  }

  /**
   * Asks the tracker with this announce address; {@code told} gets one reply, cleaned of secrets.
   */
  void ask(TrackerUrl url, List<Hash> torrents, Consumer<ScrapeReply> told) {
    if (torrents.isEmpty() || torrents.size() > UdpCodec.MAX_SCRAPED) {
      throw new IllegalArgumentException("1 to " + UdpCodec.MAX_SCRAPED + " torrents at a time");
    }
    Consumer<ScrapeReply> shown = reply -> told.accept(cleaned(url, reply));
    if (!url.isAllowed(guard)) {
      shown.accept(new ScrapeReply.Failure("an address that may not be asked"));
    } else if (url.isUdp()) {
      udp.scrape(url, new UdpScrape(torrents, shown));
    } else {
      HttpScrape.url(url.text(), torrents)
          .ifPresentOrElse(
              text -> get(url, URI.create(text), torrents.getFirst(), shown),
              () -> shown.accept(new ScrapeReply.Failure("its address has no scrape (BEP 48)")));
    }
  }

  private static ScrapeReply cleaned(TrackerUrl url, ScrapeReply reply) {
    return switch (reply) {
      case ScrapeReply.Counts counts -> counts;
      case ScrapeReply.Failure(String reason) -> new ScrapeReply.Failure(url.clean(reason));
      case ScrapeReply.Malformed(String detail) -> new ScrapeReply.Malformed(url.clean(detail));
    };
  }

  private void get(TrackerUrl url, URI uri, Hash lane, Consumer<ScrapeReply> told) {
    Http.Request get =
        new Http.Request(
            uri, outgoing, Optional.empty(), Trackers.MAX_BODY_BYTES, Trackers.HTTP_TIMEOUT_NANOS);
    http.lane(lane.toString())
        .get(
            get.within(url.reach(guard)),
            new Http.Handler() {
              @Override
              public void onAnswer(int status, byte[] body) {
                ScrapeReply reply = HttpScrape.parse(body);
                boolean useless = status != OK && !(reply instanceof ScrapeReply.Failure);
                told.accept(useless ? new ScrapeReply.Failure("HTTP status " + status) : reply);
              }

              @Override
              public void onFault(Fault fault) {
                told.accept(new ScrapeReply.Failure(fault.detail()));
              }
            });
  }
}
