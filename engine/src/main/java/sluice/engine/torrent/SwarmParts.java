package sluice.engine.torrent;

import sluice.engine.hash.HashBook;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Picker;
import sluice.engine.port.Storage;
import sluice.engine.swarm.KnownPeers;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.PieceLayout;

/** What a {@link Swarm} works on. */
record SwarmParts(
    Services services,
    Info info,
    PickOptions picking,
    HashBook book,
    Storage storage,
    InfoHashes hashes,
    Picker picker,
    Counters counters,
    Chokes chokes,
    KnownPeers known,
    MetadataService metadata,
    WebSide.Options web,
    Notices notices,
    boolean download) {
  PieceLayout layout() {
    return info.layout();
  }
}
