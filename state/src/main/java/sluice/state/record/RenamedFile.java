package sluice.state.record;

/** A file of a torrent that has another path than the torrent says, relative to its folder. */
public record RenamedFile(int file, String path) {
  public RenamedFile {
    if (file < 0 || path.length() > Torrent.MAX_TEXT_CHARS) {
      throw new IllegalArgumentException("file " + file + ", path of " + path.length());
    }
  }
}
