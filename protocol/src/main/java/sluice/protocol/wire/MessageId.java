package sluice.protocol.wire;

/** The ids of messages on the wire (BEP 3, 4, 5, 6, 10, 52). */
final class MessageId {
  static final int CHOKE = 0;
  static final int UNCHOKE = 1;
  static final int INTERESTED = 2;
  static final int NOT_INTERESTED = 3;
  static final int HAVE = 4;
  static final int BITFIELD = 5;
  static final int REQUEST = 6;
  static final int BLOCK = 7;
  static final int CANCEL = 8;
  static final int PORT = 9;
  static final int SUGGEST_PIECE = 0x0d;
  static final int HAVE_ALL = 0x0e;
  static final int HAVE_NONE = 0x0f;
  static final int REJECT_REQUEST = 0x10;
  static final int ALLOWED_FAST = 0x11;
  static final int EXTENDED = 20;
  static final int HASH_REQUEST = 21;
  static final int HASHES = 22;
  static final int HASH_REJECT = 23;

  /** Piece, begin and length of a request, its cancel and its refusal. */
  static final int REQUEST_FIELDS_BYTES = 12;

  /** What is left of a block's message without its payload: piece and begin. */
  static final int BLOCK_FIELDS_BYTES = 8;

  /** Length prefix, id, piece and begin. */
  static final int BLOCK_HEADER_BYTES = 13;

  /** Pieces root and the four numbers of the hash messages. */
  static final int HASH_FIELDS_BYTES = 48;

  private MessageId() {}
}
