package sluice.protocol.lsd;

import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * Somebody in the local network has torrents (BEP 14).
 *
 * @param port at which it accepts peers
 * @param hashes of the torrents, of 20 bytes each
 * @param cookie by which it knows its own messages
 */
public record LsdMessage(int port, List<Hash> hashes, Optional<String> cookie) {
  /** Most torrents in a message. */
  public static final int MAX_HASHES = 24;

  /** Most characters of a cookie. */
  public static final int MAX_COOKIE_CHARS = 64;

  public LsdMessage {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port);
    }
    hashes = List.copyOf(hashes);
  }
}
