package sluice.protocol.wire;

import java.util.List;
import java.util.Optional;
import sluice.protocol.address.Endpoint;

/** Helps two peers that nobody can connect to with each other (BEP 55). */
public sealed interface HolepunchMessage {
  /** The name of the extension in handshakes. */
  String EXTENSION = "ut_holepunch";

  /** Whom it is about. */
  Endpoint peer();

  /** To a peer that both know: let {@code peer} and me connect. */
  record Rendezvous(Endpoint peer) implements HolepunchMessage {}

  /** From that peer to both: connect to {@code peer} by uTP, at once. */
  record Connect(Endpoint peer) implements HolepunchMessage {}

  /**
   * The peer that was asked cannot help.
   *
   * @param code of {@link Reason}, or one that nobody has named
   */
  record Failed(Endpoint peer, int code) implements HolepunchMessage {}

  /** Why it cannot. */
  enum Reason {
    /** The address is none. */
    NO_SUCH_PEER(1),
    /** It is not connected with the peer. */
    NOT_CONNECTED(2),
    /** The peer does not speak the extension. */
    NO_SUPPORT(3),
    /** The peer is who asks, or who is asked. */
    NO_SELF(4);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** Its number in messages. */
    public int code() {
      return code;
    }

    /** The reason with that number. */
    public static Optional<Reason> of(int code) {
      return List.of(values()).stream().filter(r -> r.code == code).findFirst();
    }
  }
}
