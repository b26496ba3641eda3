package sluice.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.metainfo.FileEntry;

/** Finds out what is there of a torrent: one look at each file, and the last at the part file. */
final class Look {
  private Look() {}

  static Presence at(Naming naming) throws IOException {
    List<FileEntry> entries = naming.entries();
    long[] sizes = new long[entries.size() + 1];
    long[] times = new long[sizes.length];
    Optional<RootIdentity> root = naming.places().identity();
    boolean present = naming.places().isPresent(root);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Stamps.ABSENT_BYTES;
      Optional<BasicFileAttributes> found = Optional.empty();
      if (i == naming.partFile()) {
        if (naming.partPlaces().isPresent()) {
          found = naming.partPlaces().found(naming.partPath());
        }
      } else if (present && isRegular(entries.get(i))) {
        found = naming.places().found(entries.get(i).path());
      }
      if (found.isPresent()) {
        sizes[i] = found.get().size();
        times[i] = found.get().lastModifiedTime().to(TimeUnit.NANOSECONDS);
      }
    }
    return new Presence(root, new Stamps(sizes, times), freeBytes(naming.places().folder()));
  }

  private static boolean isRegular(FileEntry entry) {
    return !entry.isPad() && !entry.attributes().contains(FileEntry.Attribute.SYMLINK);
  }

  private static long freeBytes(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    // A FileStore would read the whole list of mounts first.
    long free = there.toFile().getUsableSpace();
    return free == 0 && !Files.exists(there) ? Long.MAX_VALUE : free;
  }
}
