package sluice.client;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSpec;

/**
 * What a program has a say in while a client starts.
 *
 * @param events told all that happens from the first moment, on the loop; it must not block
 * @param kept what becomes of each torrent of the state folder for this run, such as peers to be
 *     connected at once; the state is not changed by it
 */
public record Startup(Consumer<EngineEvent> events, UnaryOperator<TorrentSpec> kept) {
  /** Nothing is told, and torrents go on as they are. */
  public static final Startup QUIET = new Startup(event -> {}, UnaryOperator.identity());
}
