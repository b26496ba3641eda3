package sluice.client;

import java.nio.file.Path;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.session.TorrentSource;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StateStore;
import sluice.state.fault.StateException;
import sluice.state.record.Source;
import sluice.state.record.TorrentRow;
import sluice.storage.file.Disk;

/** A torrent of the store, read when it begins to run. Called on the loop; reads elsewhere. */
record StoreSource(StateStore store, long number, Disk disk, Loop loop) implements TorrentSource {
  @Override
  public void open(Handler handler) {
    Thread.ofVirtual().name("open-torrent").start(() -> read(handler));
  }

  private void read(Handler handler) {
    try {
      Optional<TorrentRow> row = store.reads().row(number);
      Optional<Source> source = store.reads().source(number);
      if (row.isEmpty() || !(source.orElse(null) instanceof Source.Metainfo file)) {
        fail(handler, Fault.Kind.MISSING, "the torrent file is missing in the state folder");
        return;
      }
      Metainfo metainfo = MetainfoParser.parse(file.bytes());
      Path folder = Path.of(row.get().torrent().savePath());
      loop.execute(() -> open(handler, metainfo, folder));
    } catch (MetainfoException e) {
      fail(handler, Fault.Kind.IO, "the torrent file in the state folder: " + e.getMessage());
    } catch (StateException e) {
      fail(handler, Fault.Kind.IO, String.valueOf(e.getMessage()));
    }
  }

  private void open(Handler handler, Metainfo metainfo, Path folder) {
    Info info = metainfo.info();
    handler.onOpened(metainfo, disk.open(info.files(), info.layout(), folder, loop));
  }

  private void fail(Handler handler, Fault.Kind kind, String detail) {
    loop.execute(() -> handler.onFault(new Fault(kind, detail)));
  }
}
