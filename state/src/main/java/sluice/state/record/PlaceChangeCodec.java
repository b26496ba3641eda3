package sluice.state.record;

import java.util.ArrayList;
import java.util.List;

/** {@link PlaceChange} as bytes: a version, the kind, and what belongs to it. */
public final class PlaceChangeCodec {
  private static final int VERSION = 1;
  private static final int MOVE = 1;
  private static final int FILE = 2;
  private static final int FOLDER = 3;
  private static final int ERASE = 4;
  private static final int FIND = 5;

  private PlaceChangeCodec() {}

  /** The bytes of {@code change}. */
  public static byte[] encode(PlaceChange change) {
    RecordWriter out = new RecordWriter().number(VERSION);
    switch (change) {
      case PlaceChange.Move(String from, String to) -> out.number(MOVE).text(from).text(to);
      case PlaceChange.Find(String to) -> out.number(FIND).text(to);
      case PlaceChange.RenameFile(int file, List<String> path) ->
          path(out.number(FILE).number(file), path);
      case PlaceChange.RenameFolder(List<String> from, List<String> to) ->
          path(path(out.number(FOLDER), from), to);
      case PlaceChange.Erase e -> out.number(ERASE);
    }
    return out.bytes();
  }

  private static RecordWriter path(RecordWriter out, List<String> path) {
    out.number(path.size());
    path.forEach(out::text);
    return out;
  }

  /**
   * The change that {@code bytes} tell.
   *
   * @throws RecordException when they are not one
   */
  public static PlaceChange decode(byte[] bytes) {
    RecordReader in = new RecordReader(bytes);
    if (in.number() != VERSION) {
      throw new RecordException("a change of an unknown version");
    }
    PlaceChange change =
        switch (in.bounded(Integer.MAX_VALUE)) {
          case MOVE ->
              new PlaceChange.Move(
                  in.text(Torrent.MAX_TEXT_CHARS), in.text(Torrent.MAX_TEXT_CHARS));
          case FILE ->
              new PlaceChange.RenameFile(in.bounded(FilePriorities.MAX_FILES - 1), path(in));
          case FOLDER -> new PlaceChange.RenameFolder(path(in), path(in));
          case ERASE -> new PlaceChange.Erase();
          case FIND -> new PlaceChange.Find(in.text(Torrent.MAX_TEXT_CHARS));
          default -> throw new RecordException("no such change");
        };
    in.end();
    return change;
  }

  private static List<String> path(RecordReader in) {
    int count = in.bounded(Math.min(PlaceChange.MAX_ELEMENTS, in.left()));
    List<String> path = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      path.add(in.text(Torrent.MAX_TEXT_CHARS));
    }
    return path;
  }
}
