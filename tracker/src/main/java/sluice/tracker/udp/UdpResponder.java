package sluice.tracker.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import sluice.protocol.announce.UdpServerCodec;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Passkeys;
import sluice.tracker.service.Progress;
import sluice.tracker.service.Tally;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Outlook;
import sluice.tracker.swarm.Role;
import sluice.tracker.swarm.Visit;
import sluice.udp.DatagramBatch;
import sluice.udp.Names;

/**
 * Requests to replies (BEP 15, 41). One thread; nothing is allocated for an announce to an open
 * tracker.
 *
 * <p>Who has not proved its address by a connection id gets at most as many bytes as it sent.
 */
public final class UdpResponder {
  /** Slots are so long: for requests, and for replies; the store may write behind the last peer. */
  public static final int SLOT_BYTES =
      Math.max(Layout.MAX_REQUEST, Layout.MAX_REPLY + Visit.SLACK_BYTES);

  /** Datagrams of which the store hears ahead; with more in a batch, of the first of them. */
  private static final int MOST_AHEAD = 64;

  private static final byte[] STALE = "connection id expired".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_PORT = "port missing".getBytes(StandardCharsets.US_ASCII);

  private final TrackerCore core;
  private final ConnectionIds ids;
  private final Visit visit = new Visit();
  private final Outlook outlook = new Outlook(MOST_AHEAD);
  private long random;

  // The clocks of this batch.
  private int seconds;
  private long epochSeconds;

  // Of the datagram at hand: its sender, and its transaction id.
  private long high;
  private long low;
  private int transaction;

  // Counted here, and told once for a batch.
  private int connects;
  private int announces;
  private int scrapes;
  private int refused;
  private int malformed;

  /**
   * A responder.
   *
   * @param random random bits, not 0
   */
  public UdpResponder(TrackerCore core, ConnectionIds ids, long random) {
    this.core = core;
    this.ids = ids;
    this.random = random | 1;
  }

  /**
   * Puts the replies to {@code batch} in the place of the requests: the fewer the lines of memory,
   * the more of them stay in the processor's caches.
   *
   * @param seconds a clock that never goes back
   * @param epochSeconds the time of day, as other trackers with the same secret have it
   */
  public void respond(DatagramBatch batch, int seconds, long epochSeconds) {
    this.seconds = seconds;
    this.epochSeconds = epochSeconds;
    lookAhead(batch);
    for (int i = 0; i < batch.size(); i++) {
      int length = respond(batch, i);
      if (length > 0) {
        batch.answer(i, length);
      } else {
        batch.ignore(i);
      }
    }
    tell(core.counters().udp());
  }

  private void lookAhead(DatagramBatch in) {
    outlook.clear();
    for (int i = 0; i < Math.min(in.size(), MOST_AHEAD); i++) {
      int action = in.data().getInt(in.offset(i) + Layout.ACTION);
      if (in.length(i) >= Layout.OPTIONS && action == Layout.ANNOUNCE) {
        outlook.add(core.store(), in.data(), in.offset(i) + Layout.HASH);
      }
    }
    outlook.look(core.store());
  }

  private void tell(Tally tally) {
    tally.connects().add(connects);
    tally.announces().add(announces);
    tally.scrapes().add(scrapes);
    tally.refused().add(refused);
    tally.malformed().add(malformed);
    connects = 0;
    announces = 0;
    scrapes = 0;
    refused = 0;
    malformed = 0;
  }

  /** Writes the reply in the place of the request; gives its length, 0 for none. */
  private int respond(DatagramBatch batch, int slot) {
    int length = batch.length(slot);
    Names names = batch.names();
    if (length < Layout.REQUEST_HEADER || names.port(slot) == 0) {
      return malformed();
    }
    if (names.isIpv6(slot)) {
      high = names.ipv6High(slot);
      low = names.ipv6Low(slot);
    } else {
      high = 0;
      low = names.ipv4(slot) & 0xffffffffL;
    }
    ByteBuffer data = batch.data();
    int at = batch.offset(slot);
    int action = data.getInt(at + Layout.ACTION);
    transaction = data.getInt(at + Layout.TRANSACTION);
    if (action == Layout.CONNECT) {
      return connect(data, at);
    }
    boolean complete =
        action == Layout.ANNOUNCE
            ? length >= Layout.OPTIONS
            : action == Layout.SCRAPE && length >= Layout.HASH + Layout.HASH_BYTES;
    if (!complete) {
      return malformed();
    }
    if (!ids.accepts(data.getLong(at), high, low, epochSeconds)) {
      return refuse(data, at, STALE);
    }
    if (!core.admits(high, low, seconds)) {
      refused++;
      return 0;
    }
    return action == Layout.ANNOUNCE ? announce(batch, slot) : scrape(data, at, length);
  }

  private int connect(ByteBuffer data, int at) {
    if (data.getLong(at) != Layout.PROTOCOL) {
      return malformed();
    }
    connects++;
    header(Layout.CONNECT, data, at);
    data.putLong(at + Layout.REPLY_HEADER, ids.issue(high, low, epochSeconds));
    return Layout.CONNECTED_BYTES;
  }

  private int announce(DatagramBatch batch, int slot) {
    ByteBuffer data = batch.data();
    int at = batch.offset(slot);
    int port = data.getShort(at + Layout.PORT) & 0xffff;
    int event = data.getInt(at + Layout.EVENT);
    if (port == 0 && event != Layout.EVENT_STOPPED) {
      return refuse(data, at, NO_PORT);
    }
    boolean ipv6 = batch.names().isIpv6(slot);
    read(data, at, port, event, ipv6);
    Gate gate = core.gate();
    String passkey = gate.readsPasskeys() ? passkey(data, at, batch.length(slot)) : "";
    Verdict verdict = gate.admit(visit, data.getLong(at + Layout.PEER_ID), passkey);
    if (verdict != Verdict.ADMITTED) {
      return refuse(data, at, verdict.text().getBytes(StandardCharsets.US_ASCII));
    }
    random = next(random);
    if (gate.readsPasskeys()) {
      Progress progress = progress(data, at);
      answer(data, at);
      gate.served(visit, visit.identity(), visit.isStored(), passkey, progress);
    } else {
      answer(data, at);
    }
    announces++;
    return data.position() - at;
  }

  /** Nothing is read from the request any more. */
  private void answer(ByteBuffer data, int at) {
    data.position(at + Layout.PEERS);
    core.announce(visit, seconds, random, data);
    header(Layout.ANNOUNCE, data, at);
    data.putInt(at + 8, core.pace().interval(random))
        .putInt(at + 12, visit.leeches())
        .putInt(at + 16, visit.seeds());
  }

  private void read(ByteBuffer in, int from, int port, int event, boolean ipv6) {
    visit.hash(in, from + Layout.HASH);
    if (ipv6) {
      visit.ipv6(high, low, port);
    } else {
      visit.ipv4((int) low, port);
    }
    visit.role(role(in.getLong(from + Layout.LEFT), event));
    if (event == Layout.EVENT_STOPPED) {
      visit.stopped();
    } else if (event == Layout.EVENT_COMPLETED) {
      visit.completed();
    }
    int most = ipv6 ? Layout.MAX_IPV6_PEERS : Layout.MAX_IPV4_PEERS;
    visit.want(Math.min(most, core.rules().want(in.getInt(from + Layout.WANT))), false);
  }

  private static Role role(long left, int event) {
    if (left == 0) {
      return Role.SEED;
    }
    return event == Layout.EVENT_PAUSED ? Role.PARTIAL_SEED : Role.DOWNLOADER;
  }

  private static Progress progress(ByteBuffer in, int from) {
    return new Progress(
        in.getLong(from + Layout.UPLOADED),
        in.getLong(from + Layout.DOWNLOADED),
        in.getLong(from + Layout.LEFT));
  }

  private static String passkey(ByteBuffer in, int from, int length) {
    ByteBuffer options = in.slice(from + Layout.OPTIONS, length - Layout.OPTIONS);
    return UdpServerCodec.urlData(options).map(Passkeys::ofPath).orElse("");
  }

  /** The counts of a torrent take less room than its hash, so none is written over unread. */
  private int scrape(ByteBuffer data, int at, int length) {
    Gate gate = core.gate();
    int hashes = Math.min(Layout.MAX_SCRAPED, (length - Layout.HASH) / Layout.HASH_BYTES);
    for (int i = 0; i < hashes; i++) {
      visit.hash(data, at + Layout.HASH + i * Layout.HASH_BYTES);
      Verdict verdict = gate.admitScrape(visit, "");
      if (verdict != Verdict.ADMITTED) {
        return refuse(data, at, verdict.text().getBytes(StandardCharsets.US_ASCII));
      }
      core.store().scrape(visit);
      int to = at + Layout.REPLY_HEADER + i * Layout.COUNTS_BYTES;
      data.putInt(to, visit.seeds())
          .putInt(to + 4, visit.downloads())
          .putInt(to + 8, visit.leeches());
    }
    scrapes++;
    header(Layout.SCRAPE, data, at);
    return Layout.REPLY_HEADER + hashes * Layout.COUNTS_BYTES;
  }

  private int refuse(ByteBuffer data, int at, byte[] text) {
    refused++;
    header(Layout.ERROR, data, at);
    data.put(at + Layout.REPLY_HEADER, text);
    return Layout.REPLY_HEADER + text.length;
  }

  private void header(int action, ByteBuffer data, int at) {
    data.putInt(at, action).putInt(at + 4, transaction);
  }

  private int malformed() {
    malformed++;
    return 0;
  }

  private static long next(long random) {
    long x = random;
    x ^= x << 13;
    x ^= x >>> 7;
    x ^= x << 17;
    return x;
  }
}
