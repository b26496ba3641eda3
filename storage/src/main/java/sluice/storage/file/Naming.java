package sluice.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import sluice.protocol.metainfo.FileEntry;

/**
 * Where the files of a torrent are, until they are renamed or moved. Immutable; the number behind
 * the last file stands for the part file.
 *
 * @param entries with their paths at this time
 * @param places of the files
 * @param partPlaces of the part file
 * @param partName name of the part file, and the start of the names of what is not finished
 */
record Naming(List<FileEntry> entries, FilePlaces places, FilePlaces partPlaces, String partName)
    implements OpenFiles.Opener {

  /** The number of the part file. */
  int partFile() {
    return entries.size();
  }

  /** The elements of the part file's path. */
  List<String> partPath() {
    return List.of(partName);
  }

  /** The same with other files. */
  Naming entries(List<FileEntry> other) {
    return new Naming(other, places, partPlaces, partName);
  }

  /** The same below another folder; a part file with a folder of its own stays there. */
  Naming places(FilePlaces other) {
    return new Naming(entries, other, places.equals(partPlaces) ? other : partPlaces, partName);
  }

  /** The elements of a file beside {@code path} that is not finished. */
  List<String> unfinished(List<String> path, int file) {
    List<String> beside = new java.util.ArrayList<>(path.subList(0, path.size() - 1));
    beside.add(partName + "." + file);
    return beside;
  }

  /** The name of a file for people. */
  Path shown(int file) {
    return file == partFile()
        ? partPlaces.folder().resolve(partName)
        : places.shown(entries.get(file));
  }

  @Override
  public FileChannel open(int file, boolean write) throws IOException {
    if (file == partFile()) {
      return write ? partPlaces.openToWrite(partPath()) : partPlaces.openToRead(partPath());
    }
    FileEntry entry = entries.get(file);
    return write ? places.openToWrite(entry) : places.openToRead(entry.path());
  }

  /** Two are one only when they are the same object: see {@link TorrentFiles#become}. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
