package sluice.client;

import sluice.engine.port.BlockPool;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.Metainfo;

/** Makes the storage of a torrent whose data are not kept in files. */
@FunctionalInterface
public interface StorageMaker {
  /**
   * Opens the data, without blocking; called on the loop each time that the torrent begins to run.
   *
   * @param loop on which the storage is called and completes
   * @param pool whose blocks reads are answered with
   */
  Storage open(Metainfo metainfo, Loop loop, BlockPool pool);
}
