package sluice.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import sluice.protocol.filter.FilterList;
import sluice.protocol.filter.FilterReader;

/**
 * A list of blocked addresses in a file: networks in CIDR form, addresses, ranges, eMule's {@code
 * .dat}, PeerGuardian's text ({@code .p2p}) or binary format ({@code .p2b}), each of them plain or
 * packed by gzip. The bytes tell which; names of files mean nothing.
 */
public final class FilterFile {
  /** Longest list, unpacked. */
  public static final long MAX_BYTES = 1L << 30;

  private static final int CHUNK_BYTES = 1 << 16;
  private static final int GZIP_MARK = 0x1f8b;

  private FilterFile() {}

  /**
   * Reads a list. Lines that are not understood are counted and skipped.
   *
   * @throws IOException when it cannot be read or unpacked, or is longer than {@link #MAX_BYTES}
   */
  public static FilterList read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
      in.mark(2);
      boolean packed = (in.read() << 8 | in.read()) == GZIP_MARK;
      in.reset();
      return packed ? all(new GZIPInputStream(in, CHUNK_BYTES)) : all(in);
    }
  }

  private static FilterList all(InputStream in) throws IOException {
    FilterReader reader = new FilterReader();
    byte[] chunk = new byte[CHUNK_BYTES];
    long sum = 0;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      sum += count;
      if (sum > MAX_BYTES) {
        throw new IOException("longer than " + (MAX_BYTES >> 20) + " MiB");
      }
      reader.accept(chunk, count);
    }
    return reader.end();
  }
}
