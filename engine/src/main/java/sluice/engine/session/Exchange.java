package sluice.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.sibling.Lender;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Brings torrents of the session together that have common content, when one of them begins. Of one
 * that does not run, the data are opened for reading as long as they are of use. Loop only.
 */
final class Exchange {
  /** How long a torrent waits for its siblings before it asks peers. */
  private static final long WAIT_NANOS = 2_000_000_000L;

  /** Most siblings that are opened for one torrent. */
  private static final int MAX_OPENED = 4;

  private final Loop loop;
  private final Keeper keeper;
  private final Function<InfoHashes, @Nullable Entry> entries;

  /** What is open of torrents that do not run. */
  private final Map<InfoHashes, List<Lender>> opened = new LinkedHashMap<>();

  Exchange(Loop loop, Keeper keeper, Function<InfoHashes, @Nullable Entry> entries) {
    this.loop = loop;
    this.keeper = keeper;
    this.entries = entries;
  }

  /** The torrent is about to begin: {@code go} lets it, once its siblings are there. */
  void meet(Torrent torrent, boolean download, Runnable go) {
    Meeting meeting = new Meeting(torrent, download && !torrent.picker().isComplete(), go);
    if (meeting.download) {
      loop.after(WAIT_NANOS, meeting::begin);
    } else {
      meeting.begin();
    }
    keeper.contents().meet(torrent.metainfo(), meeting::found);
  }

  /** The torrent was removed, or its data are about to go. */
  void gone(InfoHashes torrent) {
    List<Lender> open = opened.remove(torrent);
    if (open != null) {
      List.copyOf(open).forEach(Lender::close);
    }
  }

  /** One torrent and those that have common content with it. */
  private final class Meeting {
    private final Torrent torrent;
    private final boolean download;
    private final Runnable go;
    private boolean begun;
    private int pending;
    private int asked;

    Meeting(Torrent torrent, boolean download, Runnable go) {
      this.torrent = torrent;
      this.download = download;
      this.go = go;
    }

    void begin() {
      if (!begun) {
        begun = true;
        go.run();
      }
    }

    void found(List<InfoHashes> siblings) {
      pending++;
      for (InfoHashes name : siblings) {
        Entry entry = entries.apply(name);
        if (entry != null && !entry.isLeaving() && !name.equals(torrent.hashes())) {
          entry.torrent().ifPresentOrElse(other -> join(entry, other), () -> open(entry));
        }
      }
      answered();
    }

    private void answered() {
      if (--pending == 0) {
        begin();
      }
    }

    private void join(Entry entry, Torrent other) {
      if (download) {
        other.siblings().lend().ifPresent(torrent.siblings()::borrow);
      }
      if (entry.spec().download() && !other.picker().isComplete()) {
        torrent.siblings().lend().ifPresent(other.siblings()::borrow);
      }
    }

    private void open(Entry entry) {
      if (!download || entry.spec().source().fetched().isPresent() || asked == MAX_OPENED) {
        return;
      }
      asked++;
      pending++;
      entry.spec().source().open(new Opened(this, entry));
    }

    private void opened(Entry entry, Metainfo metainfo, Storage storage, Optional<Resume> known) {
      InfoHashes name = entry.hashes();
      boolean has = known.filter(r -> !r.have().isEmpty()).isPresent();
      if (!has || entry.isLeaving() || entry.torrent().isPresent()) {
        storage.close(new Closed());
      } else {
        Lender[] made = new Lender[1];
        made[0] =
            new Lender(
                metainfo.info(),
                known.orElseThrow().have(),
                storage,
                false,
                () -> {
                  closed(name, made[0]);
                  storage.close(new Closed());
                });
        opened.computeIfAbsent(name, n -> new ArrayList<>(1)).add(made[0]);
        torrent.siblings().borrow(made[0]);
      }
      answered();
    }

    private void closed(InfoHashes name, Lender lender) {
      opened.computeIfPresent(
          name,
          (n, open) -> {
            open.remove(lender);
            return open.isEmpty() ? null : open;
          });
    }
  }

  /** A sibling that does not run. */
  private final class Opened implements TorrentSource.Handler {
    private final Meeting meeting;
    private final Entry entry;

    Opened(Meeting meeting, Entry entry) {
      this.meeting = meeting;
      this.entry = entry;
    }

    @Override
    public void onOpened(Metainfo metainfo, Storage storage) {
      keeper.recall(entry.hashes(), known -> meeting.opened(entry, metainfo, storage, known));
    }

    @Override
    public void onFault(Fault fault) {
      meeting.answered();
    }
  }

  /** The end of data that were only read. */
  private static final class Closed implements Storage.DoneHandler {
    @Override
    public void onDone() {}

    @Override
    public void onFault(Fault fault) {}
  }
}
