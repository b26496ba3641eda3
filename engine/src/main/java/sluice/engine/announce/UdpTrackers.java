package sluice.engine.announce;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Reach;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.UdpCodec;

/** The UDP trackers of a session: finds their addresses and has a socket for each family. */
final class UdpTrackers {
  private static final int IPV6_BYTES = 16;

  private final Loop loop;
  private final Resolver resolver;
  private final UdpSocket ipv4;
  private final UdpSocket ipv6;
  private final Reach reach;

  UdpTrackers(
      Loop loop,
      Net net,
      Resolver resolver,
      Entropy entropy,
      Optional<Endpoint> outgoing,
      Reach reach) {
    this.reach = reach;
    this.loop = loop;
    this.resolver = resolver;
    this.ipv4 = new UdpSocket(loop, net, entropy, local(outgoing, false));
    this.ipv6 = new UdpSocket(loop, net, entropy, local(outgoing, true));
  }

  /** Announces in {@code families}, or in the first one that the host has if there are none. */
  void announce(
      TrackerUrl url,
      AnnounceRequest request,
      List<Family> families,
      boolean patient,
      AnnounceHandler handler) {
    find(
        url,
        families,
        remotes -> {
          Fan fan = new Fan(remotes.size(), handler);
          String urlData = UdpCodec.urlData(url.text());
          remotes.forEach(remote -> ask(remote, new UdpAnnounce(request, urlData, fan), patient));
        },
        why -> handler.onFailure(Refusal.of(why)));
  }

  /** Asks in the first family that the host has. */
  void scrape(TrackerUrl url, UdpScrape question) {
    find(url, List.of(), remotes -> ask(remotes.getFirst(), question, false), question::fail);
  }

  private void ask(Endpoint remote, UdpQuestion question, boolean patient) {
    UdpSocket socket = remote.isIpv6() ? ipv6 : ipv4;
    new UdpExchange(loop, socket, remote, question, patient).start();
  }

  private void find(
      TrackerUrl url,
      List<Family> families,
      Consumer<List<Endpoint>> found,
      Consumer<String> failed) {
    resolver.resolve(
        url.host(),
        new Resolver.Handler() {
          @Override
          public void onResolved(List<InetAddress> addresses) {
            List<InetAddress> allowed = addresses.stream().filter(reach::allows).toList();
            List<Endpoint> remotes = pick(allowed, families, url.port());
            if (remotes.isEmpty()) {
              failed.accept("no address that may be used");
            } else {
              found.accept(remotes);
            }
          }

          @Override
          public void onFault(Fault fault) {
            failed.accept(fault.detail());
          }
        });
  }

  void close() {
    ipv4.close();
    ipv6.close();
  }

  private static List<Endpoint> pick(List<InetAddress> addresses, List<Family> families, int port) {
    if (families.isEmpty() && !addresses.isEmpty()) {
      return List.of(new Endpoint(addresses.getFirst(), port));
    }
    List<Endpoint> picked = new ArrayList<>(2);
    for (Family family : families) {
      addresses.stream()
          .filter(a -> a instanceof Inet6Address == (family == Family.IPV6))
          .findFirst()
          .ifPresent(a -> picked.add(new Endpoint(a, port)));
    }
    return picked;
  }

  private static Endpoint local(Optional<Endpoint> outgoing, boolean ipv6) {
    return outgoing
        .filter(o -> o.isIpv6() == ipv6)
        .map(o -> new Endpoint(o.address(), 0))
        .orElseGet(() -> new Endpoint(wildcard(ipv6), 0));
  }

  private static InetAddress wildcard(boolean ipv6) {
    try {
      return InetAddress.getByAddress(new byte[ipv6 ? IPV6_BYTES : 4]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a wildcard has the right length", e);
    }
  }
}
