package sluice.protocol.krpc;

/** Numbers of refusals (BEP 5 and 44). */
public final class KrpcError {
  public static final int GENERIC = 201;
  public static final int SERVER = 202;
  public static final int PROTOCOL = 203;
  public static final int UNKNOWN_METHOD = 204;
  public static final int VALUE_TOO_BIG = 205;
  public static final int BAD_SIGNATURE = 206;
  public static final int SALT_TOO_BIG = 207;

  /** The stored item has another sequence number than was said to be replaced. */
  public static final int CAS_MISMATCH = 301;

  /** The stored item is more recent. */
  public static final int OLD_SEQ = 302;

  private KrpcError() {}
}
