package sluice.tracker.http;

import static sluice.tracker.http.Head.ascii;

import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.TreeSet;
import sluice.protocol.digest.Hash;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Passkeys;
import sluice.tracker.service.Progress;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Outlook;
import sluice.tracker.swarm.Role;
import sluice.tracker.swarm.Visit;

/**
 * Announces and scrapes to bencoded answers. One for each loop; nothing is allocated for a compact
 * answer of an open tracker.
 */
final class HttpResponder {
  private static final byte[] COMPLETE = ascii("d8:completei");
  private static final byte[] DOWNLOADED = ascii("e10:downloadedi");
  private static final byte[] EXTERNAL_IP = ascii("e11:external ip");
  private static final byte[] INCOMPLETE = ascii("10:incompletei");
  private static final byte[] INTERVAL = ascii("e8:intervali");
  private static final byte[] MIN_INTERVAL = ascii("e12:min intervali");
  private static final byte[] PEERS = ascii("e5:peers");
  private static final byte[] PEERS6 = ascii("6:peers6");
  private static final byte[] TRACKER_ID = ascii("10:tracker id");
  private static final byte[] FAILURE = ascii("d14:failure reason");
  private static final byte[] RETRY_NEVER = ascii("8:retry in5:never");
  private static final byte[] NO_RETRY = {};
  private static final byte[] RETRY_SOON = ascii("8:retry ini5e");
  private static final byte[] FILES = ascii("d5:filesd");
  private static final byte[] DOWNLOADERS = ascii("e11:downloadersi");
  private static final byte[] SCRAPE_INCOMPLETE = ascii("e10:incompletei");
  private static final int MAX_BODY = 160 * 1_024;

  /** Announces that may be expected at a time. */
  static final int MOST_EXPECTED = 64;

  private final TrackerCore core;
  private final Clock clock;
  private final Query query = new Query();
  private final PeerDictionaries dictionaries = new PeerDictionaries();
  private final Visit visit = new Visit();
  private final Body body = new Body(MAX_BODY);
  private final ByteBuffer peers = ByteBuffer.allocate(18 * Visit.MAX_WANT + Visit.SLACK_BYTES);
  private final Outlook outlook = new Outlook(MOST_EXPECTED);
  private final ByteBuffer address = ByteBuffer.allocate(16);
  private long random;

  HttpResponder(TrackerCore core, Clock clock, long random) {
    this.core = core;
    this.clock = clock;
    this.random = random | 1;
  }

  /** An announce for this torrent will come soon. */
  void expect(ByteBuffer hash) {
    outlook.add(core.store(), hash, 0);
  }

  /** Looks at what the announces need that are expected, and expects none then. */
  void lookAhead() {
    outlook.look(core.store());
    outlook.clear();
  }

  /** The answer to an announce. */
  Body announce(Question question, Sender sender) {
    Announcement announcement = question.announcement;
    if (!question.problem.isEmpty()) {
      return malformed(question.problem);
    }
    int seconds = clock.seconds();
    if (!core.admits(sender.high(), sender.low(), seconds)) {
      return refuse(Verdict.TOO_MANY);
    }
    fill(question, sender);
    Gate gate = core.gate();
    String passkey = gate.readsPasskeys() ? Passkeys.ofPath(question.head.target()) : "";
    Verdict verdict = gate.admit(visit, question.peerId.getLong(0), passkey);
    if (verdict != Verdict.ADMITTED) {
      return refuse(verdict);
    }
    random = next(random);
    peers.clear();
    core.announce(visit, seconds, random, peers);
    if (gate.readsPasskeys()) {
      gate.served(
          visit,
          visit.identity(),
          visit.isStored(),
          passkey,
          new Progress(announcement.uploaded, announcement.downloaded, announcement.left));
    }
    core.counters().http().announces().increment();
    return answer(question, sender);
  }

  private void fill(Question question, Sender sender) {
    Announcement announcement = question.announcement;
    visit.hash(question.hash, 0);
    if (sender.ipv6()) {
      visit.ipv6(sender.high(), sender.low(), announcement.port);
    } else {
      visit.ipv4((int) sender.low(), announcement.port);
    }
    Role other = announcement.paused ? Role.PARTIAL_SEED : Role.DOWNLOADER;
    visit.role(announcement.left == 0 ? Role.SEED : other);
    if (announcement.stopped) {
      visit.stopped();
    } else if (announcement.completed) {
      visit.completed();
    }
    visit.want(core.rules().want(announcement.want), true);
  }

  private Body answer(Question question, Sender sender) {
    int addressBytes = sender.ipv6() ? 16 : 4;
    if (sender.ipv6()) {
      address.putLong(0, sender.high()).putLong(8, sender.low());
    } else {
      address.putInt(0, (int) sender.low());
    }
    body.clear()
        .raw(COMPLETE)
        .decimal(visit.seeds())
        .raw(DOWNLOADED)
        .decimal(visit.downloads())
        .raw(EXTERNAL_IP)
        .string(address, 0, addressBytes)
        .raw(INCOMPLETE)
        .decimal(visit.leeches())
        .raw(INTERVAL)
        .decimal(core.pace().interval(random))
        .raw(MIN_INTERVAL)
        .decimal(core.rules().minIntervalSeconds())
        .raw(PEERS);
    writePeers(question.announcement.compact);
    int trackerIdBytes = question.announcement.trackerIdBytes;
    if (trackerIdBytes > 0) {
      body.raw(TRACKER_ID).string(question.trackerId, 0, trackerIdBytes);
    }
    return body.raw('e');
  }

  private void writePeers(boolean compact) {
    if (!compact) {
      dictionaries.write(peers, visit.peers4(), visit.peers6(), body);
      return;
    }
    int bytes4 = 6 * visit.peers4();
    body.string(peers, 0, bytes4);
    if (visit.peers6() > 0) {
      body.raw(PEERS6).string(peers, bytes4, 18 * visit.peers6());
    }
  }

  /** The answer to a scrape (BEP 48, 21); a torrent that is not known is left out. */
  Body scrape(Question question, Sender sender) {
    if (!core.admits(sender.high(), sender.low(), clock.seconds())) {
      return refuse(Verdict.TOO_MANY);
    }
    Gate gate = core.gate();
    String passkey = gate.readsPasskeys() ? Passkeys.ofPath(question.head.target()) : "";
    query.start(question.head);
    byte[] hash = question.announcement.hash;
    // Keys of a dictionary are sorted, and each is there once.
    SortedSet<Hash> asked = new TreeSet<>();
    while (query.next()) {
      if (Announcement.isHash(query)) {
        if (query.unescape(hash) != hash.length) {
          return malformed("info_hash is not 20 bytes");
        }
        asked.add(Hash.of(hash));
      }
    }
    if (asked.isEmpty()) {
      return malformed("info_hash missing");
    }
    body.clear().raw(FILES);
    for (Hash torrent : asked) {
      byte[] bytes = torrent.bytes();
      Verdict verdict = gate.admitScrape(visit.hash(ByteBuffer.wrap(bytes), 0), passkey);
      if (verdict != Verdict.ADMITTED) {
        return refuse(verdict);
      }
      if (core.store().scrape(visit)) {
        entry(bytes);
      }
    }
    core.counters().http().scrapes().increment();
    return body.raw('e').raw('e');
  }

  private void entry(byte[] torrent) {
    body.string(torrent)
        .raw(COMPLETE)
        .decimal(visit.seeds())
        .raw(DOWNLOADED)
        .decimal(visit.downloads())
        .raw(DOWNLOADERS)
        .decimal(visit.downloaders())
        .raw(SCRAPE_INCOMPLETE)
        .decimal(visit.leeches())
        .raw('e')
        .raw('e');
  }

  private Body refuse(Verdict verdict) {
    core.counters().http().refused().increment();
    boolean passes = verdict == Verdict.TOO_MANY || verdict == Verdict.TORRENT_NOT_HERE;
    return failure(verdict.text(), passes ? RETRY_SOON : RETRY_NEVER);
  }

  private Body malformed(String problem) {
    core.counters().http().malformed().increment();
    return failure(problem, NO_RETRY);
  }

  private Body failure(String reason, byte[] retry) {
    return body.clear().raw(FAILURE).string(ascii(reason)).raw(retry).raw('e');
  }

  private static long next(long random) {
    long x = random;
    x ^= x << 13;
    x ^= x >>> 7;
    x ^= x << 17;
    return x;
  }
}
