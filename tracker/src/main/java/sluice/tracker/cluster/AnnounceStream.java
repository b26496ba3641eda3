package sluice.tracker.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import sluice.tracker.service.Clock;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.Outlook;
import sluice.tracker.swarm.Visit;

/**
 * The stream of Redis by which trackers tell each other of announces, as one of them uses it. What
 * was announced before a {@link #turn} that tells is known to another one after its next turn that
 * has come to the end of the stream. One thread.
 */
final class AnnounceStream {
  private static final String NAME = "sluice:announces";

  /** At ten entries a second from each of a few trackers: some minutes. */
  private static final int KEPT_ENTRIES = 6_000;

  private static final String START = "0-0";
  private static final int READ_ENTRIES = 20;

  /** Announces for which the store looks ahead at a time. */
  private static final int AHEAD = 64;

  private final TrackerCore core;
  private final Clock clock;
  private final String teller;
  private final Outbox outbox;
  private final Visit visit = new Visit();
  private final Outlook outlook = new Outlook(AHEAD);
  private final ByteBuffer nothing = ByteBuffer.allocate(Visit.SLACK_BYTES);
  private String last = START;
  private String newest = START;
  private byte[] unsent = {};

  /**
   * The stream from its start on.
   *
   * @param teller of this process, which no other has
   */
  AnnounceStream(TrackerCore core, Clock clock, String teller, Outbox outbox) {
    this.core = core;
    this.clock = clock;
    this.teller = teller;
    this.outbox = outbox;
  }

  /** Goes on at a Redis that may be another one: it is read from its start if it is behind. */
  void resume(RedisLink link) throws IOException {
    List<RedisLink.Answer> end = link.command("XREVRANGE", NAME, "+", "-", "COUNT", 1).list();
    newest = end.isEmpty() ? START : id(end.getFirst());
    if (isBefore(newest, last)) {
      last = START;
    }
  }

  /** Entries have times as names: a Redis that is behind ours has other ones. */
  private static boolean isBefore(String id, String other) throws IOException {
    long left = millis(id);
    long right = millis(other);
    return left < right || (left == right && number(id) < number(other));
  }

  private static long millis(String id) throws IOException {
    return part(id, 0);
  }

  private static long number(String id) throws IOException {
    return part(id, 1);
  }

  private static long part(String id, int which) throws IOException {
    try {
      return Long.parseLong(id.split("-", -1)[which]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("not the name of an entry: " + id, e);
    }
  }

  private static String text(RedisLink.Answer answer) throws IOException {
    return new String(answer.bytes(), StandardCharsets.US_ASCII);
  }

  private static String id(RedisLink.Answer entry) throws IOException {
    return text(entry.list().get(0));
  }

  /**
   * Takes the next of what all have told, after telling them all that was announced here until now,
   * if {@code tells}. Both are asked of Redis in one go. Gives whether there may be more to take.
   */
  boolean turn(RedisLink link, boolean tells) throws IOException {
    if (tells && unsent.length == 0) {
      unsent = outbox.take();
    }
    boolean told = tells && unsent.length > 0;
    if (told) {
      link.ask("XADD", NAME, "MAXLEN", "~", KEPT_ENTRIES, "*", "from", teller, "is", unsent);
    }
    link.ask("XREAD", "COUNT", READ_ENTRIES, "STREAMS", NAME, last);
    if (told) {
      newest = text(link.answer());
      unsent = new byte[0];
    }
    int count = 0;
    for (RedisLink.Answer stream : link.answer().list()) {
      for (RedisLink.Answer entry : stream.list().get(1).list()) {
        count++;
        take(entry);
      }
    }
    if (count < READ_ENTRIES) {
      newest = last;
    }
    return count == READ_ENTRIES;
  }

  private void take(RedisLink.Answer entry) throws IOException {
    last = id(entry);
    List<RedisLink.Answer> fields = entry.list().get(1).list();
    if (fields.size() < 4) {
      return;
    }
    boolean own = teller.equals(new String(fields.get(1).bytes(), StandardCharsets.UTF_8));
    ByteBuffer announces = ByteBuffer.wrap(fields.get(3).bytes());
    int seconds = clock.seconds();
    int ahead = lookAhead(announces);
    while (ahead > 0) {
      for (; ahead > 0 && Outbox.read(announces, own, visit); ahead--) {
        nothing.clear();
        core.store().announce(visit, seconds, 1, nothing);
      }
      ahead = lookAhead(announces);
    }
  }

  /** Looks at what the next announces need; gives how many they are. */
  private int lookAhead(ByteBuffer announces) {
    outlook.clear();
    int count = 0;
    int at = announces.position();
    for (int bytes = 1; bytes > 0 && count < AHEAD; at += bytes) {
      bytes = Outbox.entryBytes(announces, at);
      if (bytes > 0) {
        outlook.add(core.store(), announces, at + Outbox.HASH_AT);
        count++;
      }
    }
    outlook.look(core.store());
    return count;
  }

  /** How much older what was heard last is than what was told last, by the clock of Redis. */
  long behindMillis() throws IOException {
    return last.equals(START) ? 0 : Math.max(0, millis(newest) - millis(last));
  }
}
