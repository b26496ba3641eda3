package sluice.protocol.wire;

/** A way in which a peer breaks the protocol; the connection is closed. */
public enum Violation {
  BAD_HANDSHAKE,
  UNKNOWN_INFO_HASH,
  OVERSIZED_MESSAGE,
  MALFORMED_MESSAGE,
  PIECE_OUT_OF_RANGE,
  BAD_BITFIELD,
  BAD_REQUEST,
  UNREQUESTED_BLOCK,
  FAST_NOT_NEGOTIATED,
  TOO_MANY_REQUESTS,
  BAD_EXTENSION_MESSAGE,
  BAD_HASHES,
  POISONED_PIECE
}
