package sluice.protocol.wire;

import java.util.List;
import sluice.protocol.address.Endpoint;

/**
 * Which peers somebody is connected with, as a change since the message before (BEP 11). No
 * endpoint is named twice.
 *
 * @param added contacts since then
 * @param dropped contacts that have gone
 */
public record PexMessage(List<Contact> added, List<Endpoint> dropped) {
  /** The name of the extension in handshakes. */
  public static final String EXTENSION = "ut_pex";

  /** Most of each kind in a message that is not the first. */
  public static final int MAX_CONTACTS = 50;

  /** Most of each kind that are read of any message; what follows them is passed over. */
  public static final int MAX_READ = 200;

  public PexMessage {
    added = List.copyOf(added);
    dropped = List.copyOf(dropped);
  }

  /** Whether it says nothing; such a message is not sent. */
  public boolean isEmpty() {
    return added.isEmpty() && dropped.isEmpty();
  }

  /**
   * A peer of the swarm.
   *
   * @param flags of {@link PexFlag}, other bits are kept
   */
  public record Contact(Endpoint endpoint, int flags) {
    public Contact {
      if (flags < 0 || flags > 0xff) {
        throw new IllegalArgumentException("flags: " + flags);
      }
    }

    /** Whether {@code flag} is said of it. */
    public boolean has(PexFlag flag) {
      return (flags & flag.bit()) != 0;
    }
  }
}
