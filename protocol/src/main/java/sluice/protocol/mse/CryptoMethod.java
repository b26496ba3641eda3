package sluice.protocol.mse;

import java.util.List;
import java.util.Optional;

/** What a stream is after the MSE handshake. */
public enum CryptoMethod {
  /** Plain: the handshake alone was encrypted. */
  PLAIN(1),
  /** RC4 to the end. */
  RC4(2);

  private final int bit;

  CryptoMethod(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
  }

  /** The bits of {@code methods}. */
  static int bits(List<CryptoMethod> methods) {
    return methods.stream().mapToInt(CryptoMethod::bit).reduce(0, (a, b) -> a | b);
  }

  /** The first of {@code wanted} that is in {@code offered}; unknown bits are ignored. */
  static Optional<CryptoMethod> choose(List<CryptoMethod> wanted, int offered) {
    return wanted.stream().filter(m -> (offered & m.bit) != 0).findFirst();
  }

  /** The one method that {@code selected} means, if it is one of {@code offered}. */
  static Optional<CryptoMethod> selected(List<CryptoMethod> offered, int selected) {
    return offered.stream().filter(m -> m.bit == selected).findFirst();
  }
}
