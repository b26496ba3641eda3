package sluice.protocol.proxy;

/** Who asks a proxy; neither is shown. */
public record Login(String user, String password) {
  /** Most bytes of each in SOCKS 5. */
  static final int MAX_BYTES = 255;

  @Override
  public String toString() {
    return "login of " + user.length() + " characters";
  }
}
