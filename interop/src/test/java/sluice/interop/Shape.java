package sluice.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Kinds of torrents that are exchanged. */
enum Shape {
  SINGLE_V1("--v1"),
  MULTI_V1("--v1"),
  PADDED_V1("--v1", "--pads"),
  SINGLE_V2("--v2"),
  MULTI_V2("--v2"),
  SINGLE_HYBRID("--hybrid"),
  MULTI_HYBRID("--hybrid");

  private static final int SINGLE_BYTES = 20_000_003;
  private static final int PIECE_BYTES = 65_536;

  private final List<String> options;

  Shape(String... options) {
    this.options = List.of(options);
  }

  /** Makes the content below {@code folder} and returns its path. */
  Path content(Path folder) {
    return switch (this) {
      case SINGLE_V1, SINGLE_V2, SINGLE_HYBRID ->
          Content.file(folder, "one file.bin", SINGLE_BYTES, ordinal());
      case MULTI_V1, PADDED_V1, MULTI_V2, MULTI_HYBRID ->
          Content.folder(folder, "many files", ordinal());
    };
  }

  /** The torrent maker's options. */
  List<String> options() {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--piece-size", Integer.toString(PIECE_BYTES)));
    return all;
  }
}
