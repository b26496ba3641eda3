package sluice.engine.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.SecureIds;

/**
 * The contacts that share a certain number of bits with our id, and others that wait for a place.
 * No two have one id or one address. Loop only.
 */
final class Bucket {
  /** Most contacts (BEP 5: K). */
  static final int CAPACITY = 8;

  /** Most that wait. */
  static final int MAX_SPARE = 8;

  private final List<Contact> contacts = new ArrayList<>(2);
  private final List<Contact> spare = new ArrayList<>(0);
  private long changedNanos;

  Bucket(long now) {
    this.changedNanos = now;
  }

  List<Contact> contacts() {
    return contacts;
  }

  /** When one was last added or answered. */
  long changedNanos() {
    return changedNanos;
  }

  void touch(long now) {
    changedNanos = now;
  }

  boolean hasRoom() {
    return contacts.size() < CAPACITY;
  }

  Optional<Contact> find(NodeId id) {
    for (Contact contact : contacts) {
      if (contact.id().equals(id)) {
        return Optional.of(contact);
      }
    }
    return Optional.empty();
  }

  /** Takes in a node that has answered, or lets it wait, or neither. */
  void add(Contact added, long now) {
    spare.removeIf(c -> c.id().equals(added.id()));
    if (conflicts(contacts, added)) {
      return;
    }
    if (!hasRoom()) {
      // A node that nobody could put there at will is worth more than one that somebody could.
      Optional<Contact> worse =
          contacts.stream().filter(c -> c.isBad() || (added.isRight() && !c.isRight())).findFirst();
      if (worse.isEmpty()) {
        await(added);
        return;
      }
      contacts.remove(worse.get());
    }
    contacts.add(added);
    changedNanos = now;
  }

  private void await(Contact added) {
    if (conflicts(spare, added)) {
      return;
    }
    if (spare.size() >= MAX_SPARE) {
      spare.removeFirst();
    }
    spare.add(added);
  }

  /** Removes a contact; one that waits takes its place. */
  void remove(Contact removed) {
    if (contacts.remove(removed) && !spare.isEmpty()) {
      Contact next = spare.removeLast();
      if (!conflicts(contacts, next)) {
        contacts.add(next);
      }
    }
  }

  private static boolean conflicts(List<Contact> present, Contact added) {
    Networks networks = new Networks();
    for (Contact contact : present) {
      if (contact.id().equals(added.id()) || sameHost(contact.endpoint(), added.endpoint())) {
        return true;
      }
      networks.add(contact.endpoint().address());
    }
    return !networks.add(added.endpoint().address());
  }

  /** Who has an address has all its ports; but networks of tests share one address. */
  static boolean sameHost(Endpoint a, Endpoint b) {
    return a.address().equals(b.address())
        && (a.port() == b.port() || !SecureIds.isExempt(a.address()));
  }
}
