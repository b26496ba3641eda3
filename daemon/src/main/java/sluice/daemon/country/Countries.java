package sluice.daemon.country;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Countries of addresses. The table is loaded when it is asked for the first time; {@code
 * daemon/src/build/CountryBuild.java} makes it. It has the beginning of each range and to whom it
 * belongs, of networks of IPv4 with 24 bits and of IPv6 with 40 bits.
 */
public final class Countries {
  /** Stands for nobody. */
  public static final String UNKNOWN = "";

  private static final String TABLE = "countries.gz";

  /** More than there are networks. */
  private static final int MAX_RANGES = 2_000_000;

  private static final int REST_4 = 32 - 24;
  private static final int REST_6 = 64 - 40;

  private final String[] codes;
  private final Ranges four;
  private final Ranges six;

  private static final class Loaded {
    private static final Countries TABLE_OF_PROGRAM = load();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Ranges(long[] starts, byte[] codes) {
    static Ranges read(DataInputStream in) throws IOException {
      int count = in.readInt();
      if (count < 0 || count > MAX_RANGES) {
        throw new IOException("a table of " + count + " ranges");
      }
      long[] starts = new long[count];
      long start = 0;
      for (int i = 0; i < count; i++) {
        int part = in.readUnsignedByte();
        long distance = part & 0x7f;
        for (int shift = 7; part >= 0x80; shift += 7) {
          part = in.readUnsignedByte();
          distance |= (long) (part & 0x7f) << shift;
        }
        start += distance;
        starts[i] = start;
      }
      return new Ranges(starts, in.readNBytes(count));
    }

    /** The code of the last range that begins at {@code network} or before; negative for none. */
    int code(long network) {
      int found = Arrays.binarySearch(starts, network);
      int at = found >= 0 ? found : -found - 2;
      return at < 0 ? -1 : codes[at] & 0xff;
    }
  }

  private Countries(DataInputStream in) throws IOException {
    codes = new String[in.readUnsignedByte()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }
    four = Ranges.read(in);
    six = Ranges.read(in);
  }

  private static Countries load() {
    try (InputStream table = Countries.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IOException("the table of countries is not in the program");
      }
      return new Countries(
          new DataInputStream(new BufferedInputStream(new GZIPInputStream(table))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two letters (ISO 3166-1), or {@link #UNKNOWN}. */
  public static String of(InetAddress address) {
    return Loaded.TABLE_OF_PROGRAM.find(address);
  }

  private String find(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    int code =
        bytes.capacity() == Integer.BYTES
            ? four.code((bytes.getInt() & 0xffff_ffffL) >>> REST_4)
            : six.code(bytes.getLong() >>> REST_6);
    return code < 0 ? UNKNOWN : codes[code];
  }
}
