package sluice.protocol.wire;

/** What a peer exchange says of a contact (BEP 11). */
public enum PexFlag {
  /** It prefers encryption. */
  ENCRYPTION(0x01),
  /** It wants nothing more. */
  SEED(0x02),
  /** It speaks uTP (BEP 29). */
  UTP(0x04),
  /** It takes part in hole punching (BEP 55). */
  HOLEPUNCH(0x08),
  /** The teller connected to it, so that it can be reached. */
  REACHABLE(0x10);

  private final int bit;

  PexFlag(int bit) {
    this.bit = bit;
  }

  /** Its bit in the byte of flags. */
  public int bit() {
    return bit;
  }

  /** Its bit if {@code is}, else 0. */
  public int bitIf(boolean is) {
    return is ? bit : 0;
  }
}
