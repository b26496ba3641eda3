package sluice.protocol.metainfo;

/** A torrent file that cannot be used. */
public final class MetainfoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public MetainfoException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Each cause of refusal (see the loader rules in {@code docs/}). */
  public enum Reason {
    TOO_LARGE,
    NOT_BENCODED,
    ROOT_NOT_A_DICTIONARY,
    INFO_MISSING,
    UNKNOWN_META_VERSION,
    STRICT_ENCODING_REQUIRED,
    NAME_MISSING,
    BAD_PIECE_LENGTH,
    BAD_LENGTH,
    BAD_PATH,
    BAD_PIECES,
    TOO_MANY_PIECES,
    LENGTH_AND_FILES,
    NO_FILES,
    BAD_FILE_TREE,
    BAD_PIECES_ROOT,
    PAD_WITH_ROOT,
    TOO_DEEP,
    LISTS_DISAGREE,
    BAD_PIECE_LAYER,
    UNKNOWN_PIECE_LAYER
  }
}
