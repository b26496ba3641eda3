package sluice.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import sluice.engine.peer.PeerExtension;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Loop;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Ports;
import sluice.engine.session.TorrentSpec;
import sluice.engine.session.Via;
import sluice.storage.pool.SlabPool;
import sluice.transport.Transport;

/**
 * What a program has a say in while a client starts.
 *
 * @param events told all that happens from the first moment, on the loop; it must not block
 * @param kept what becomes of each torrent of the state folder for this run, such as peers to be
 *     connected at once; the state is not changed by it
 * @param share the rule of the session for this run, whatever the state says
 * @param extensions made for the client's loop, and spoken to peers
 */
public record Startup(
    Consumer<EngineEvent> events,
    UnaryOperator<TorrentSpec> kept,
    Optional<ShareRule> share,
    Function<Loop, List<PeerExtension>> extensions) {
  /** Nothing is told, and torrents go on as they are. */
  public static final Startup QUIET = new Startup(event -> {}, UnaryOperator.identity());

  /** A program without extensions of its own; the rule of the session is that of the state. */
  public Startup(Consumer<EngineEvent> events, UnaryOperator<TorrentSpec> kept) {
    this(events, kept, Optional.empty(), loop -> List.of());
  }

  /** The same with extensions. */
  public Startup extended(Function<Loop, List<PeerExtension>> others) {
    return new Startup(events, kept, share, others);
  }

  /** The same with this rule of the session. */
  public Startup sharing(ShareRule rule) {
    return new Startup(events, kept, Optional.of(rule), extensions);
  }

  /** What a client's engine has of the world. */
  Ports ports(Transport transport, SlabPool pool) {
    return new Ports(
        transport.loop(),
        transport.net(),
        transport.http(),
        transport.resolver(),
        transport.entropy(),
        pool,
        new SystemCalendar(),
        extensions.apply(transport.loop()),
        via(transport.trackers()),
        via(transport.datagrams()),
        transport.gateways());
  }

  private static Via via(Transport.Line line) {
    return new Via(line.net(), line.resolver(), line.direct());
  }
}
