package sluice.engine.pex;

import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.engine.count.SessionCounts;
import sluice.engine.crypt.Approach;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.engine.swarm.KnownPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.PexFlag;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.PexMessage.Contact;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/**
 * The peer exchange of one torrent (BEP 11). Peers are told of those that are connected and whose
 * listening port is known, seeds only of those that want something, and nobody of addresses that it
 * cannot reach. What they tell goes to {@link KnownPeers}, one port of an address. Loop only.
 */
public final class PeerExchange {
  private final Present present;
  private final KnownPeers known;
  private final SessionCounts counts;
  private final Map<Integer, Talk> talks = new HashMap<>();
  private Map<Peer, Contact> last = Collections.emptyMap();

  /** Changes with {@link #last}. */
  private int state;

  /** Who is connected. */
  public interface Present {
    /** The peers. */
    List<Peer> peers();

    /** Where a peer accepts connections, if known. */
    Optional<Endpoint> listening(Peer peer);
  }

  /** An exchange between those who are {@code present}, of a session with {@code counts}. */
  public PeerExchange(Present present, KnownPeers known, SessionCounts counts) {
    this.present = present;
    this.known = known;
    this.counts = counts;
  }

  /** A second has passed: tells peers what has changed. */
  public void tick(long now) {
    boolean looked = false;
    for (Peer peer : present.peers()) {
      Optional<Integer> id = peer.capabilities().id(Extension.PEX);
      if (id.isEmpty()) {
        continue;
      }
      Talk talk = talk(peer, now);
      if (talk.isDue(now)) {
        if (!looked) {
          look();
          looked = true;
        }
        tell(peer, talk, id.get(), now);
      }
    }
  }

  /** Who is there; if nothing has changed, nobody needs to be told. */
  private void look() {
    Map<Peer, Contact> all = contacts();
    if (!all.equals(last)) {
      last = all;
      state++;
    }
  }

  private void tell(Peer peer, Talk talk, int id, long now) {
    int mine = 2 * state + (peer.isUploadOnly() ? 1 : 0);
    if (!talk.isNews(mine)) {
      return;
    }
    PexMessage message = talk.change(forReceiver(peer, last));
    if (message.isEmpty()) {
      talk.nothingNew(mine);
    } else {
      talk.sent(now);
      counts.exchanged();
      peer.outbox().send(new Message.Extended(id, PexCodec.encode(message)));
    }
  }

  private Talk talk(Peer peer, long now) {
    return talks.computeIfAbsent(peer.key(), key -> new Talk(now));
  }

  private Map<Peer, Contact> contacts() {
    Map<Peer, Contact> contacts = new LinkedHashMap<>();
    for (Peer peer : present.peers()) {
      found(peer, present)
          .ifPresent(endpoint -> contacts.put(peer, new Contact(endpoint, flags(peer, endpoint))));
    }
    return contacts;
  }

  /** Who is behind a filter is met by uTP, where it was seen (BEP 55); others where they listen. */
  static Optional<Endpoint> found(Peer peer, Present present) {
    boolean met = peer.incoming() && peer.byUtp() && Meetings.speaks(peer);
    return met ? Optional.of(peer.endpoint()) : present.listening(peer);
  }

  private int flags(Peer peer, Endpoint endpoint) {
    return PexFlag.ENCRYPTION.bitIf(
            known.approach(endpoint).equals(Optional.of(Approach.ENCRYPTED)))
        | PexFlag.SEED.bitIf(peer.isUploadOnly())
        | PexFlag.UTP.bitIf(peer.byUtp() || known.speaksUtp(endpoint))
        | PexFlag.HOLEPUNCH.bitIf(Meetings.speaks(peer))
        | PexFlag.REACHABLE.bitIf(!peer.incoming());
  }

  private static Map<Endpoint, Contact> forReceiver(Peer receiver, Map<Peer, Contact> all) {
    InetAddress to = receiver.endpoint().address();
    Map<Endpoint, Contact> result = new LinkedHashMap<>();
    all.forEach((peer, contact) -> {
      boolean useful = !(receiver.isUploadOnly() && peer.isUploadOnly());
      if (peer != receiver && useful && reaches(to, contact.endpoint().address())) {
        result.put(contact.endpoint(), contact);
      }
    });
    return result;
  }

  /** Addresses of a machine or of a local network are told only inside of it. */
  static boolean reaches(InetAddress from, InetAddress to) {
    if (to.isLoopbackAddress()) {
      return from.isLoopbackAddress();
    }
    return !isLocal(to) || isLocal(from) || from.isLoopbackAddress();
  }

  private static boolean isLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    return uniqueLocal || address.isSiteLocalAddress() || address.isLinkLocalAddress();
  }

  /**
   * A message of {@code peer}.
   *
   * @throws ProtocolException when it sends far too many
   */
  public void onMessage(Peer peer, PexMessage message, long now) {
    Talk.Heard heard = talk(peer, now).hear(now);
    if (heard == Talk.Heard.VIOLATION) {
      throw new ProtocolException(Violation.TOO_MANY_REQUESTS, "peer exchange");
    }
    take(message, heard.contacts, peer.endpoint().address(), known);
    talk(peer, now).heard(message, heard.contacts);
  }

  /** Whether {@code peer} has said that it is connected with who can be met at {@code endpoint}. */
  public boolean knows(Peer peer, Endpoint endpoint) {
    Talk talk = talks.get(peer.key());
    return talk != null && talk.isFriend(endpoint);
  }

  /**
   * Offers the first {@code most} contacts of a message from {@code teller}, but for those that it
   * cannot reach itself.
   */
  public static void take(PexMessage message, int most, InetAddress teller, KnownPeers known) {
    Set<InetAddress> seen = new HashSet<>();
    message.added().stream()
        .limit(most)
        .filter(c -> reaches(teller, c.endpoint().address()))
        .filter(c -> seen.add(c.endpoint().address()) || c.endpoint().address().isLoopbackAddress())
        .forEach(contact ->
            known.hear(
                contact.endpoint(), teller, contact.has(PexFlag.SEED), contact.has(PexFlag.UTP)));
  }

  /** The peer has gone. */
  public void closed(Peer peer) {
    talks.remove(peer.key());
    if (talks.isEmpty()) {
      last = Collections.emptyMap();
      state++;
    }
  }
}
