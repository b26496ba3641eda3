package sluice.engine.peer;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a peer tells about itself in the extension handshake (BEP 10), as far as the engine uses it.
 *
 * @param ids under which it takes messages of extensions, by their names
 * @param client name and version
 * @param listenPort port on which it accepts connections
 * @param requestLimit most open requests it takes
 * @param uploadOnly it wants nothing more (BEP 21)
 * @param sees our address as it sees it
 */
public record Capabilities(
    Map<String, Integer> ids,
    Optional<String> client,
    OptionalInt listenPort,
    int requestLimit,
    boolean uploadOnly,
    Optional<InetAddress> sees) {
  static final int DEFAULT_REQUEST_LIMIT = 250;

  /** Nothing was told. */
  static final Capabilities UNKNOWN =
      new Capabilities(
          Collections.emptyMap(),
          Optional.empty(),
          OptionalInt.empty(),
          DEFAULT_REQUEST_LIMIT,
          false,
          Optional.empty());

  /** The id under which it takes messages of {@code extension}; empty if it takes none. */
  public Optional<Integer> id(Extension extension) {
    return Optional.ofNullable(ids.get(extension.wireName()));
  }
}
