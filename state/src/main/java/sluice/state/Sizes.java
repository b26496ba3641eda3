package sluice.state;

import sluice.state.fault.StateException;
import sluice.state.record.Source;

/** How large what is to be stored is, and may be. */
final class Sizes {
  private Sizes() {}

  static long of(Source source) {
    return switch (source) {
      case Source.Metainfo file -> file.bytes().length;
      case Source.MagnetLink link -> link.uri().length();
    };
  }

  /** Fails when {@code source} is too large. */
  static void check(Source source) {
    int most =
        switch (source) {
          case Source.Metainfo file -> Source.MAX_METAINFO_BYTES;
          case Source.MagnetLink link -> Source.MAX_MAGNET_CHARS;
        };
    if (of(source) > most) {
      throw new StateException(
          StateException.Kind.TOO_LARGE, "too large to be stored: " + source.getClass());
    }
  }
}
