package sluice.protocol.krpc;

import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;

/** One datagram of the DHT. */
public sealed interface KrpcMessage {
  /** Most bytes of a transaction id; nobody sends more than eight. */
  int MAX_TRANSACTION_BYTES = 32;

  /** What the asking node calls the exchange. */
  BString transaction();

  /**
   * A question.
   *
   * @param id of the sender
   * @param readOnly the sender does not answer queries itself (BEP 43)
   */
  record Query(BString transaction, NodeId id, boolean readOnly, DhtQuery query)
      implements KrpcMessage {}

  /**
   * An answer.
   *
   * @param id of the sender
   * @param seen where the sender sees the one who asked (BEP 42)
   */
  record Reply(BString transaction, NodeId id, Optional<Endpoint> seen, DhtReply reply)
      implements KrpcMessage {}

  /**
   * A refusal.
   *
   * @param code see {@link KrpcError}
   * @param message for people; at most 256 characters, not to be trusted
   */
  record Failure(BString transaction, int code, String message) implements KrpcMessage {}
}
