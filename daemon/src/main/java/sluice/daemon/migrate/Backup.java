package sluice.daemon.migrate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoWriter;

/**
 * All that the daemon knows, as a zip: torrents and their resume data as qBittorrent keeps them,
 * and the settings. {@link Migration} reads the folder {@code BT_backup} of it back; so does
 * qBittorrent. Keys are not in it.
 */
public final class Backup {
  /** Folder of the torrents. */
  public static final String TORRENTS = "BT_backup/";

  private final Desk desk;
  private final List<Path> settings;

  /** Of the torrents of {@code desk} and the files {@code settings}. */
  public Backup(Desk desk, List<Path> settings) {
    this.desk = desk;
    this.settings = List.copyOf(settings);
  }

  /** Writes all of it. */
  public void to(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Item item : desk.shelf().items()) {
        Optional<TorrentHandle> handle = desk.shelf().handle(item);
        if (handle.isPresent()) {
          torrent(zip, item, handle.get());
        }
      }
      for (Path file : settings) {
        if (Files.isRegularFile(file)) {
          entry(zip, String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
  }

  private void torrent(ZipOutputStream zip, Item item, TorrentHandle handle) throws IOException {
    Optional<Metainfo> metainfo = handle.metainfo();
    if (metainfo.isPresent()) {
      entry(zip, TORRENTS + item.hash() + ".torrent", MetainfoWriter.write(metainfo.get()));
    }
    entry(zip, TORRENTS + item.hash() + ".fastresume", ResumeExport.of(desk, item, handle));
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
