package sluice.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import sluice.protocol.filter.FilterList;
import sluice.protocol.filter.FilterReader;

/**
 * A list of blocked addresses in a file: networks in CIDR form, addresses, ranges, eMule's {@code
 * .dat}, PeerGuardian's text ({@code .p2p}) or binary format ({@code .p2b}), each of them plain or
 * packed by gzip, or one or several in a zip. The bytes tell which; names of files mean nothing.
 */
public final class FilterFile {
  /** Longest list, unpacked. */
  public static final long MAX_BYTES = 1L << 30;

  private static final int CHUNK_BYTES = 1 << 16;
  private static final int GZIP_MARK = 0x1f8b;
  private static final int ZIP_MARK = 0x504b;

  /** Most files in a list that is packed by zip. */
  private static final int MAX_ENTRIES = 1_000;

  private static final byte[] LINE_END = {'\n'};

  private FilterFile() {}

  /**
   * Reads a list. Lines that are not understood are counted and skipped.
   *
   * @throws IOException when it cannot be read or unpacked, or is longer than {@link #MAX_BYTES}
   */
  public static FilterList read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
      in.mark(2);
      int mark = in.read() << 8 | in.read();
      in.reset();
      FilterReader reader = new FilterReader();
      switch (mark) {
        case GZIP_MARK -> add(new GZIPInputStream(in, CHUNK_BYTES), reader, 0);
        case ZIP_MARK -> addEach(new ZipInputStream(in), reader);
        default -> add(in, reader, 0);
      }
      return reader.end();
    }
  }

  /** Adds all files of a zip, as if they were one list of lines. */
  private static void addEach(ZipInputStream zip, FilterReader reader) throws IOException {
    long sum = 0;
    int files = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++files > MAX_ENTRIES) {
        throw new ZipException("more than " + MAX_ENTRIES + " files");
      }
      if (!entry.isDirectory()) {
        sum = add(zip, reader, sum);
        reader.accept(LINE_END, LINE_END.length);
      }
    }
    if (files == 0) {
      throw new ZipException("there is no file in it");
    }
  }

  /** Adds a list; gives the bytes of all, {@code before} included. */
  private static long add(InputStream in, FilterReader reader, long before) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long sum = before;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      sum += count;
      if (sum > MAX_BYTES) {
        throw new IOException("longer than " + (MAX_BYTES >> 20) + " MiB");
      }
      reader.accept(chunk, count);
    }
    return sum;
  }
}
