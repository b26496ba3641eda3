package sluice.state.record;

import java.util.Arrays;

/** Where a torrent's metadata come from: a torrent file's bytes, or a magnet link until then. */
public sealed interface Source {
  /** Longest torrent file. */
  int MAX_METAINFO_BYTES = 64 << 20;

  /** Longest magnet link. */
  int MAX_MAGNET_CHARS = 64 << 10;

  /** The raw bytes of a torrent file. The array is not copied and not changed by anyone. */
  final class Metainfo implements Source {
    private final byte[] bytes;

    public Metainfo(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes, not a copy. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Metainfo that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "torrent file of " + bytes.length + " bytes";
    }
  }

  /** A magnet link; the metadata are not there yet. */
  record MagnetLink(String uri) implements Source {}
}
