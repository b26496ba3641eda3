package sluice.engine.pex;

import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.HolepunchMessage;

/** A connected peer of a torrent, as {@link Meetings} see it. */
public interface Party {
  /** The same for the same peer, and for no other. */
  int key();

  /** Where it is seen. */
  Endpoint endpoint();

  /** Where others find it, if that is known. */
  Optional<Endpoint> found();

  /** Whether it can be met, and lets others meet. */
  boolean speaks();

  /** Whether it has said that it is connected with who can be met at {@code whom}. */
  boolean knows(Endpoint whom);

  /** Says something to it, if it speaks. */
  void send(HolepunchMessage message);
}
