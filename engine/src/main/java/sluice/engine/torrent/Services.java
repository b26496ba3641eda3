package sluice.engine.torrent;

import java.util.function.IntSupplier;
import sluice.engine.announce.Trackers;
import sluice.engine.crypt.Encryption;
import sluice.engine.dht.Dht;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.FlushQueue;
import sluice.engine.peer.PeerContext;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;
import sluice.engine.port.Storage;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.Quota;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ExternalAddress;
import sluice.engine.swarm.Gate;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PeerId;

/**
 * What a session lends to each of its torrents.
 *
 * @param ways to reach peers
 * @param peerId ours
 * @param port supplies the port at which peers are accepted; 0 while there is none
 * @param trackers of the session
 * @param bandwidth of the session
 * @param connections of the session
 * @param encryption of connections with peers
 * @param web the way to web seeds
 * @param gate of the session
 * @param self our address as others see it
 * @param dht of the session
 * @param keys gives each peer of the session a number of its own
 */
public record Services(
    Loop loop,
    Ways ways,
    Resolver resolver,
    Entropy entropy,
    PeerId peerId,
    IntSupplier port,
    Trackers trackers,
    Bandwidth bandwidth,
    ConnectionBudget connections,
    Gate gate,
    ExternalAddress self,
    Dht dht,
    BlockBudget blocks,
    FlushQueue flushes,
    Extensions extensions,
    Encryption encryption,
    WebAccess web,
    IntSupplier keys) {

  /** What connections of a torrent need. */
  PeerContext context(PieceLayout layout, Storage storage) {
    return new PeerContext(
        loop,
        layout,
        storage,
        blocks,
        flushes,
        connections.counts(),
        Quota.UNLIMITED,
        Quota.UNLIMITED);
  }
}
