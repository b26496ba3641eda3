package sluice.engine.announce;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.count.Times;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.HttpAnnounce;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.digest.Hash;

/** The way to all trackers of a session, over HTTP and UDP. Thread: the loop. */
public final class Trackers {
  static final long HTTP_TIMEOUT_NANOS = 30_000_000_000L;
  static final int MAX_BODY_BYTES = 1 << 20;
  private static final int OK = 200;
  private static final String UNWANTED = "the owner of the host wants no announces";

  private final Loop loop;
  private final Http http;
  private final UrlGuard guard;
  private final Optional<Endpoint> outgoing;
  private final List<Family> families;
  private final UdpTrackers udp;
  private final Scrapes scrapes;
  private final Preferences preferences;
  private final Times httpTimes = new Times();
  private final Times udpTimes = new Times();
  private final boolean toAll;
  private boolean closed;

  /**
   * Nothing is opened before the first announce.
   *
   * @param outgoing address to announce from; empty leaves it to the system
   * @param families those in which peers can reach us; empty announces in any one
   * @param guard where announces may go
   */
  public Trackers(
      Loop loop,
      Net net,
      Http http,
      Resolver resolver,
      Entropy entropy,
      Optional<Endpoint> outgoing,
      List<Family> families,
      UrlGuard guard) {
    this(loop, net, http, resolver, entropy, outgoing, families, guard, false);
  }

  /**
   * The same.
   *
   * @param toAll every tracker of a torrent is announced to, and not only the first that answers
   */
  public Trackers(
      Loop loop,
      Net net,
      Http http,
      Resolver resolver,
      Entropy entropy,
      Optional<Endpoint> outgoing,
      List<Family> families,
      UrlGuard guard,
      boolean toAll) {
    this.loop = loop;
    this.toAll = toAll;
    this.http = http;
    this.guard = guard;
    this.outgoing = outgoing;
    this.families =
        outgoing
            .map(local -> List.of(local.isIpv6() ? Family.IPV6 : Family.IPV4))
            .orElse(families.stream().distinct().toList());
    this.preferences = new Preferences(loop, resolver, guard);
    this.udp = new UdpTrackers(loop, net, resolver, entropy, outgoing, guard.datagrams());
    this.scrapes = new Scrapes(http, udp, guard, outgoing);
  }

  /** Where announces may go. */
  UrlGuard guard() {
    return guard;
  }

  /** Whether every tracker of a torrent is announced to. */
  boolean toAll() {
    return toAll;
  }

  /**
   * Asks the tracker with the announce address {@code url} how many have {@code torrents}, of which
   * there are 1 to 74. {@code told} gets one reply; what it says shows nothing secret.
   */
  public void scrape(String url, List<Hash> torrents, Consumer<ScrapeReply> told) {
    TrackerUrl.parse(url)
        .ifPresentOrElse(
            tracker ->
                preferences.of(
                    tracker,
                    ways -> {
                      if (ways.isEmpty()) {
                        told.accept(new ScrapeReply.Failure(UNWANTED));
                      } else {
                        scrapes.ask(ways.getFirst(), torrents, told);
                      }
                    }),
            () -> told.accept(new ScrapeReply.Failure("not the address of a tracker")));
  }

  /** Closes sockets; announces that are under way get no answer. */
  public void close() {
    closed = true;
    udp.close();
  }

  /**
   * Sends {@code request} in each family, where the owner of the host wants it (BEP 34).
   *
   * @param patient nobody else is left to be asked, so lost datagrams are repeated for longer
   */
  void announce(TrackerUrl url, AnnounceRequest request, boolean patient, AnnounceHandler handler) {
    preferences.of(url, ways -> tryFirst(ways, request, patient, handler));
  }

  private void tryFirst(
      List<TrackerUrl> ways, AnnounceRequest request, boolean patient, AnnounceHandler handler) {
    if (closed) {
      return;
    }
    if (ways.isEmpty()) {
      handler.onFailure(Refusal.of(UNWANTED));
    } else if (ways.size() == 1) {
      announceAt(ways.getFirst(), request, patient, handler);
    } else {
      announceAt(
          ways.getFirst(),
          request,
          false,
          new AnnounceHandler() {
            @Override
            public void onReply(AnnounceReply.Peers reply) {
              handler.onReply(reply);
            }

            @Override
            public void onFailure(Refusal refusal) {
              tryFirst(ways.subList(1, ways.size()), request, patient, handler);
            }
          });
    }
  }

  private void announceAt(
      TrackerUrl url, AnnounceRequest request, boolean patient, AnnounceHandler handler) {
    List<Family> wanted = url.literal().isPresent() ? List.of() : families;
    if (url.isUdp()) {
      udp.announce(url, request, wanted, patient, timed(udpTimes, handler));
      return;
    }
    Fan fan = new Fan(Math.max(1, wanted.size()), timed(httpTimes, handler));
    if (wanted.isEmpty()) {
      get(url, request, Optional.empty(), fan);
    }
    for (Family family : wanted) {
      get(url, request, Optional.of(family == Family.IPV6), fan);
    }
  }

  private AnnounceHandler timed(Times times, AnnounceHandler handler) {
    return new Timed(loop, times, loop.now(), handler);
  }

  /** How long trackers took to answer, by UDP or by HTTP. */
  public Times.Told times(boolean byUdp) {
    return (byUdp ? udpTimes : httpTimes).told();
  }

  private void get(
      TrackerUrl url, AnnounceRequest request, Optional<Boolean> ipv6, AnnounceHandler handler) {
    URI uri = URI.create(HttpAnnounce.url(url.text(), request));
    Http.Request get = new Http.Request(uri, outgoing, ipv6, MAX_BODY_BYTES, HTTP_TIMEOUT_NANOS);
    Http lane = http.lane(request.infoHash().toString());
    lane.get(
        get.within(url.reach(guard)),
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            answer(status, body, handler);
          }

          @Override
          public void onFault(Fault fault) {
            handler.onFailure(Refusal.of(fault.detail()));
          }
        });
  }

  private static void answer(int status, byte[] body, AnnounceHandler handler) {
    switch (HttpAnnounce.parse(body)) {
      case AnnounceReply.Failure failure ->
          handler.onFailure(new Refusal(failure.reason(), failure.retrySeconds()));
      case AnnounceReply.Peers peers when status == OK -> handler.onReply(peers);
      case AnnounceReply.Malformed malformed when status == OK ->
          handler.onFailure(Refusal.of("not a tracker's answer: " + malformed.detail()));
      case AnnounceReply.Peers peers -> handler.onFailure(Refusal.of("HTTP status " + status));
      case AnnounceReply.Malformed bad -> handler.onFailure(Refusal.of("HTTP status " + status));
    }
  }
}
