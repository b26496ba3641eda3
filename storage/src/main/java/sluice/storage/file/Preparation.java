package sluice.storage.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.FileEntry.Attribute;

/**
 * Makes what the wanted part of a torrent has besides data: its folders, its empty files and, last,
 * its links; and lets programs be run. What exists is left as it is. Belongs to one worker.
 */
final class Preparation {
  private final TorrentFiles files;
  private final FilePlaces places;

  Preparation(TorrentFiles files) {
    this.files = files;
    this.places = files.places();
  }

  void run() throws IOException {
    places.makeFolder();
    Set<List<String>> folders = new LinkedHashSet<>();
    List<FileEntry> wanted = wanted();
    for (FileEntry entry : wanted) {
      List<String> path = entry.path();
      if (folders.add(path.subList(0, path.size() - 1))) {
        places.made(path);
      }
    }
    for (FileEntry entry : wanted) {
      if (entry.length() == 0 && !isLink(entry)) {
        places.openToWrite(entry).close();
      } else if (entry.attributes().contains(Attribute.EXECUTABLE) && places.size(entry) >= 0) {
        FilePlaces.setExecutable(entry, places.existing(entry.path()));
      }
    }
    for (FileEntry entry : wanted) {
      if (isLink(entry) && entry.symlink().isPresent()) {
        link(entry, entry.symlink().get());
      }
    }
  }

  private List<FileEntry> wanted() {
    List<FileEntry> wanted = new ArrayList<>();
    for (int i = 0; i < files.entries().size(); i++) {
      FileEntry entry = files.entries().get(i);
      if (files.selection().isWanted(i) && !entry.isPad()) {
        wanted.add(entry);
      }
    }
    return wanted;
  }

  private static boolean isLink(FileEntry entry) {
    return entry.attributes().contains(Attribute.SYMLINK);
  }

  /** Links are relative, so that the folder can be moved, and never lead out of it. */
  private void link(FileEntry entry, List<String> target) throws IOException {
    Path link = places.existing(entry.path());
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path goal = places.target(target);
    Path parent = link.getParent();
    if (parent == null) {
      throw new IllegalStateException("a link has a parent: " + link);
    }
    try {
      Files.createSymbolicLink(link, parent.relativize(goal));
    } catch (FileAlreadyExistsException there) {
      // Made meanwhile by someone else: left as it is, like everything that exists.
      return;
    } catch (UnsupportedOperationException e) {
      throw new FaultException(Fault.Kind.IO, link + ": links are not possible here");
    }
  }
}
