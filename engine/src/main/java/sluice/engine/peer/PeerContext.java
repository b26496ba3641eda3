package sluice.engine.peer;

import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.rate.Quota;
import sluice.protocol.metainfo.PieceLayout;

/**
 * What all peers of a torrent share.
 *
 * @param loop the owner
 * @param layout of the torrent
 * @param storage of the torrent
 * @param budget of the session
 * @param flushes of the session
 * @param down receive limit of the torrent and the session
 * @param up send limit of the torrent and the session
 */
public record PeerContext(
    Loop loop,
    PieceLayout layout,
    Storage storage,
    BlockBudget budget,
    FlushQueue flushes,
    Quota down,
    Quota up) {}
