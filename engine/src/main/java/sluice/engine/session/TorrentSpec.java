package sluice.engine.session;

import java.util.List;
import sluice.engine.port.Storage;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent to be added.
 *
 * @param metainfo the torrent file
 * @param storage where its data are; for this torrent only, the engine closes it
 * @param download false: only seed the pieces that are there
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param downBytesPerSecond receive limit of the torrent; 0 for none
 * @param upBytesPerSecond send limit of the torrent; 0 for none
 */
public record TorrentSpec(
    Metainfo metainfo,
    Storage storage,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    long downBytesPerSecond,
    long upBytesPerSecond) {

  /** Download, then seed, with trackers and without limits. */
  public static TorrentSpec of(Metainfo metainfo, Storage storage) {
    return new TorrentSpec(metainfo, storage, true, true, List.of(), 0, 0);
  }
}
