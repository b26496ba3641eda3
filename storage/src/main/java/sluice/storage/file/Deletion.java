package sluice.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.FileEntry.Attribute;

/**
 * Deletes what is a torrent's: its files and links, its part file, and folders that are empty then.
 * Whatever has taken the place of a file and is no file stays. Belongs to one worker.
 */
final class Deletion {
  private final Naming naming;

  Deletion(Naming naming) {
    this.naming = naming;
  }

  void run() throws IOException {
    Set<List<String>> folders = new LinkedHashSet<>();
    for (int i = 0; i < naming.entries().size(); i++) {
      FileEntry entry = naming.entries().get(i);
      if (entry.isPad()) {
        continue;
      }
      delete(naming.places(), entry.path(), entry.attributes().contains(Attribute.SYMLINK));
      delete(naming.places(), naming.unfinished(entry.path(), i), false);
      folders.add(entry.path().subList(0, entry.path().size() - 1));
    }
    if (naming.partPlaces().isPresent()) {
      delete(naming.partPlaces(), naming.partPath(), false);
    }
    Relocator.removeEmpty(naming.places(), folders);
  }

  /** Deletes a regular file, or a link; tells whether there was one. */
  static boolean delete(FilePlaces places, List<String> elements, boolean link) throws IOException {
    try {
      Path path = places.existing(elements);
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean ours = link ? found.isSymbolicLink() : found.isRegularFile();
      if (ours) {
        Files.delete(path);
      }
      return ours;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}
