package sluice.protocol.wire;

import java.nio.ByteBuffer;
import sluice.protocol.digest.Hash;

/**
 * A message between peers after the handshake (BEP 3, 6, 10, 52). Payload buffers are read-only
 * views that are valid only during the call that delivers them, unless a type says otherwise.
 */
public sealed interface Message {
  /** Four zero bytes, sent before two minutes of silence. */
  record KeepAlive() implements Message {}

  /** Requests are not served until {@link Unchoke}. */
  record Choke() implements Message {}

  /** Requests are served. */
  record Unchoke() implements Message {}

  /** The sender wants pieces of the receiver. */
  record Interested() implements Message {}

  /** The sender wants nothing of the receiver. */
  record NotInterested() implements Message {}

  /** The sender has {@code piece}. */
  record Have(int piece) implements Message {}

  /** The sender's pieces, most significant bit first; the buffer is a copy and may be kept. */
  record Bitfield(ByteBuffer bits) implements Message {}

  /** Asks for {@code length} bytes at {@code begin} of {@code piece}. */
  record Request(int piece, int begin, int length) implements Message {}

  /** Withdraws a {@link Request}. */
  record Cancel(int piece, int begin, int length) implements Message {}

  /** UDP port of the sender's DHT node (BEP 5). */
  record Port(int port) implements Message {}

  /** The sender would like {@code piece} to be requested (BEP 6). */
  record SuggestPiece(int piece) implements Message {}

  /** The sender has every piece (BEP 6). */
  record HaveAll() implements Message {}

  /** The sender has no piece (BEP 6). */
  record HaveNone() implements Message {}

  /** A {@link Request} that will not be served (BEP 6). */
  record RejectRequest(int piece, int begin, int length) implements Message {}

  /** {@code piece} may be requested while choked (BEP 6). */
  record AllowedFast(int piece) implements Message {}

  /** An extension message (BEP 10); id 0 is the extension handshake. */
  record Extended(int id, ByteBuffer payload) implements Message {}

  /** Asks for {@code length} hashes from {@code index} of layer {@code baseLayer} (BEP 52). */
  record HashRequest(Hash piecesRoot, int baseLayer, int index, int length, int proofLayers)
      implements Message {}

  /** Answers a {@link HashRequest}; {@code hashes} is a copy and may be kept. */
  record Hashes(
      Hash piecesRoot, int baseLayer, int index, int length, int proofLayers, ByteBuffer hashes)
      implements Message {}

  /** Refuses a {@link HashRequest}. */
  record HashReject(Hash piecesRoot, int baseLayer, int index, int length, int proofLayers)
      implements Message {}

  /** A message with an id that is not known; ignored. */
  record Unknown(int id) implements Message {}
}
