package sluice.protocol.krpc;

import java.util.Optional;
import sluice.protocol.bencode.BString;

/** Bytes that are not a message of the DHT. */
public final class KrpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient Optional<BString> query;

  KrpcException(String message, int code, Optional<BString> query) {
    super(message, null, false, false);
    this.code = code;
    this.query = query;
  }

  /** The number of the refusal that is due. */
  public int code() {
    return code;
  }

  /** The transaction of the query that this was meant to be; only to such is a refusal sent. */
  public Optional<BString> query() {
    return query;
  }
}
