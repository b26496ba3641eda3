package sluice.engine.crypt;

import java.util.List;
import sluice.protocol.mse.CryptoMethod;

/** How much the user wants connections with peers to be encrypted, whoever opens them. */
public enum EncryptionPolicy {
  /** RC4 to the end or no connection; a stream that is plain after the handshake is refused. */
  FORCED,

  /** Encrypted is tried first, and RC4 is chosen where the peer can; plain peers are served. */
  PREFERRED,

  /** Plain is tried first; what peers want is done. */
  ALLOWED,

  /** Plain only. */
  OFF;

  /** Whether a connection of this kind may be. */
  public boolean allows(Approach approach) {
    return approaches().contains(approach);
  }

  /** How peers are dialled, in the order of the tries. */
  List<Approach> approaches() {
    return switch (this) {
      case FORCED -> List.of(Approach.ENCRYPTED);
      case PREFERRED -> List.of(Approach.ENCRYPTED, Approach.PLAIN);
      case ALLOWED -> List.of(Approach.PLAIN, Approach.ENCRYPTED);
      case OFF -> List.of(Approach.PLAIN);
    };
  }

  /** What a stream may be after the handshake of MSE, the best first. */
  List<CryptoMethod> methods() {
    return switch (this) {
      case FORCED -> List.of(CryptoMethod.RC4);
      case PREFERRED -> List.of(CryptoMethod.RC4, CryptoMethod.PLAIN);
      case ALLOWED -> List.of(CryptoMethod.PLAIN, CryptoMethod.RC4);
      case OFF -> List.of();
    };
  }
}
