package sluice.engine.pex;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PexFlag;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.PexMessage.Contact;

/** What one peer was told of the others, and what it may tell. Loop only. */
final class Talk {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Between two messages to a peer. */
  static final long INTERVAL_NANOS = 60 * SECOND_NANOS;

  /** Before the first message: soon, but not before a few peers are there. */
  static final long FIRST_NANOS = 2 * SECOND_NANOS;

  /** Messages that come faster than this are not read. */
  static final long LEAST_NANOS = 45 * SECOND_NANOS;

  /** More messages that are too early than this break the protocol. */
  static final int MAX_HASTY = 5;

  /** Most contacts kept with which a peer says that it is connected. */
  static final int MAX_FRIENDS = 200;

  /** Most contacts that a peer has been told of and are still there. */
  static final int MAX_TOLD = 100;

  private final Set<Endpoint> told = new LinkedHashSet<>();

  /** With whom the peer is connected, of those that can be met (BEP 55). */
  private final Set<Endpoint> friends = new LinkedHashSet<>();

  private long sendNanos;
  private boolean heard;
  private long heardNanos;
  private int hasty;

  /** The state of the swarm of which there was nothing to tell. */
  private int nothingNewIn = -1;

  Talk(long now) {
    sendNanos = now + FIRST_NANOS;
  }

  /** Whether a message may be sent. */
  boolean isDue(long now) {
    return now - sendNanos >= 0;
  }

  /** Whether there may be something to tell when the swarm is in {@code state}. */
  boolean isNews(int state) {
    return state != nothingNewIn;
  }

  /** There is nothing to tell in {@code state}, a number of its own. */
  void nothingNew(int state) {
    nothingNewIn = state;
  }

  /** A message was sent. */
  void sent(long now) {
    sendNanos = now + INTERVAL_NANOS;
  }

  /** The change to tell, of which the peer knows from here on. */
  PexMessage change(Map<Endpoint, Contact> present) {
    List<Endpoint> dropped = new ArrayList<>();
    for (Iterator<Endpoint> i = told.iterator(); i.hasNext(); ) {
      Endpoint endpoint = i.next();
      if (!present.containsKey(endpoint) && dropped.size() < PexMessage.MAX_CONTACTS) {
        dropped.add(endpoint);
        i.remove();
      }
    }
    List<Contact> added = new ArrayList<>();
    for (Contact contact : present.values()) {
      boolean room = added.size() < PexMessage.MAX_CONTACTS && told.size() < MAX_TOLD;
      if (room && told.add(contact.endpoint())) {
        added.add(contact);
      }
    }
    return new PexMessage(added, dropped);
  }

  /** Takes note of the first {@code most} contacts of a message from the peer. */
  void heard(PexMessage message, int most) {
    friends.removeAll(message.dropped());
    message.added().stream()
        .limit(most)
        .filter(c -> c.has(PexFlag.HOLEPUNCH) && friends.size() < MAX_FRIENDS)
        .forEach(c -> friends.add(c.endpoint()));
  }

  /** Whether the peer is connected with who can be met at {@code endpoint}. */
  boolean isFriend(Endpoint endpoint) {
    return friends.contains(endpoint);
  }

  /** What counts of a message that came at {@code now}. */
  Heard hear(long now) {
    if (heard && now - heardNanos < LEAST_NANOS) {
      hasty++;
      return hasty > MAX_HASTY ? Heard.VIOLATION : Heard.NOTHING;
    }
    hasty = Math.max(0, hasty - 1);
    Heard result = heard ? Heard.SOME : Heard.FIRST;
    heard = true;
    heardNanos = now;
    return result;
  }

  /** How much of a message is believed. */
  enum Heard {
    FIRST(2 * PexMessage.MAX_CONTACTS),
    SOME(PexMessage.MAX_CONTACTS),
    NOTHING(0),
    VIOLATION(0);

    /** Most contacts of it. */
    final int contacts;

    Heard(int contacts) {
      this.contacts = contacts;
    }
  }
}
