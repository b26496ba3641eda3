package sluice.daemon.shelf;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Problem;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** Does to torrents what was intended, when its time has come; in threads of its own. */
public final class Followups {
  private static final Logger LOG = System.getLogger(Followups.class.getName());

  private final Desk desk;
  private final Intents intents;

  /** What the desk's torrents are intended for. */
  public Followups(Desk desk) {
    this.desk = desk;
    this.intents = desk.intents();
  }

  /** The files of a magnet are known. */
  void metadata(InfoHashes before, Metainfo metainfo) {
    InfoHashes torrent = metainfo.info().hashes();
    intents.renamed(Item.hash(before), Item.hash(torrent));
    Intents.Intent intent = intents.of(Item.hash(torrent));
    if (intent.stopWhen() == Handling.StopWhen.METADATA) {
      later(torrent, this::stop);
    }
    if (intent.layout() != Handling.Layout.ORIGINAL) {
      later(torrent, item -> layOut(item, Layouts.renamed(metainfo.info(), intent.layout())));
    }
  }

  /** It is known which data of a torrent are there. */
  void checked(InfoHashes torrent) {
    Intents.Intent intent = intents.of(Item.hash(torrent));
    if (intent.stopWhen() == Handling.StopWhen.CHECKED) {
      later(torrent, this::stop);
    }
    if (!intent.finish().isEmpty()) {
      later(
          torrent,
          item -> {
            if (item.isComplete()) {
              finish(item);
            }
          });
    }
  }

  /** All data of a torrent are there. */
  void completed(InfoHashes torrent) {
    if (!intents.of(Item.hash(torrent)).finish().isEmpty()) {
      later(torrent, this::finish);
    }
  }

  /** A torrent is gone. */
  void removed(InfoHashes torrent) {
    intents.change(Item.hash(torrent), intent -> Intents.Intent.NONE);
  }

  private void stop(Item item) {
    desk.change(item, TorrentHandle::stop);
    intents.change(item.hash(), Intents.Intent::stopped);
  }

  private void layOut(Item item, Map<Integer, List<String>> renamed) {
    renamed.forEach((file, path) -> desk.change(item, handle -> handle.renameFile(file, path)));
    intents.change(item.hash(), Intents.Intent::laidOut);
  }

  private void finish(Item item) {
    String folder = intents.of(item.hash()).finish();
    if (!folder.isEmpty()) {
      desk.move(List.of(item), folder);
      intents.change(item.hash(), intent -> intent.finish(""));
    }
  }

  private void later(InfoHashes torrent, Consumer<Item> what) {
    Thread.ofVirtual()
        .name("daemon-followup")
        .start(() -> {
          Optional<Item> item = desk.shelf().find(Item.hash(torrent));
          try {
            item.ifPresent(what);
          } catch (Problem e) {
            LOG.log(Level.WARNING, "{0}: {1}", item, e.detail());
          }
        });
  }
}
