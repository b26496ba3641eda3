package sluice.engine.rate;

import java.util.ArrayList;
import java.util.List;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/**
 * Users of a bandwidth that take blocks as peers do, ticks of 100 ms in virtual time, and counts.
 */
final class Market {
  static final long TICK = 100_000_000L;
  static final int BLOCK = 16_384;

  final Bandwidth bandwidth;
  final List<User> users = new ArrayList<>();
  long now = -7_000_000_000L;

  /** Whether another is asked first in each tick. */
  boolean rotates = true;

  private int first;

  Market(BandwidthPlan plan) {
    bandwidth = new Bandwidth(plan, now);
  }

  /** One peer that wants {@code wish} bytes per second, all that it gets if that is negative. */
  static final class User {
    final Quota quota;
    final TorrentBandwidth torrent;
    long wish;
    long owed;
    long taken;

    private User(TorrentBandwidth torrent, Endpoint peer, long wish) {
      this.torrent = torrent;
      this.quota = torrent.up(peer);
      this.wish = wish;
    }
  }

  User user(String className, long wish) {
    return user(TorrentLimits.of(0, 0).in(className), "192.0.2.1", wish);
  }

  User user(TorrentLimits limits, String peer, long wish) {
    Endpoint endpoint = new Endpoint(IpLiteral.parse(peer).orElseThrow(), 6_881);
    User user = new User(new TorrentBandwidth(bandwidth, limits, now), endpoint, wish);
    users.add(user);
    return user;
  }

  /** Peers of one torrent that want all they get. */
  List<User> peers(TorrentLimits limits, int count) {
    TorrentBandwidth torrent = new TorrentBandwidth(bandwidth, limits, now);
    for (int i = 0; i < count; i++) {
      Endpoint peer = new Endpoint(IpLiteral.parse("192.0.2." + i).orElseThrow(), 6_881);
      users.add(new User(torrent, peer, -1));
    }
    return users;
  }

  /** Runs and counts {@code seconds}, after {@code warmUp} seconds that are not counted. */
  void run(int warmUp, int seconds) {
    for (int i = 0; i < (warmUp + seconds) * 10; i++) {
      if (i == warmUp * 10) {
        users.forEach(u -> u.taken = 0);
      }
      now += TICK;
      bandwidth.tick(now);
      for (int u = 0; u < users.size(); u++) {
        serve(users.get((first + u) % users.size()));
      }
      first += rotates ? 1 : 0;
    }
  }

  private void serve(User user) {
    user.owed = user.wish < 0 ? Long.MAX_VALUE / 2 : user.owed + user.wish / 10;
    int blocks = 0;
    while (user.owed >= BLOCK && blocks++ < 5_000 && user.quota.available(now) > 0) {
      user.quota.take(BLOCK, now);
      user.owed -= BLOCK;
      user.taken += BLOCK;
    }
  }
}
