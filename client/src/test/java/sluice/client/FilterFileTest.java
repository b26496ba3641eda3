package sluice.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.filter.FilterList;

/** Lists of addresses from files, packed and not. */
class FilterFileTest {
  private static final byte[] TEXT = "192.0.2.0/24\nwhat?\n".getBytes(ISO_8859_1);
  private static final byte[] BINARY =
      "\u00ff\u00ff\u00ff\u00ffP2B\1x\0\u00c0\0\2\0\u00c0\0\2\u00ff".getBytes(ISO_8859_1);

  @TempDir private Path folder;

  @Test
  void plainAndPackedListsSayTheSame() throws IOException {
    for (byte[] bytes : new byte[][] {TEXT, BINARY}) {
      Path plain = Files.write(folder.resolve("list"), bytes);
      Path packed = pack("list.gz", bytes);
      for (Path file : new Path[] {plain, packed}) {
        FilterList list = FilterFile.read(file);
        assertThat(list.ranges()).isEqualTo(1);
        assertThat(list.badLines()).isEqualTo(bytes == TEXT ? 1 : 0);
        assertThat(list.filter().blocks(address(192, 0, 2, 255))).isTrue();
        assertThat(list.filter().blocks(address(192, 0, 3, 0))).isFalse();
      }
    }
  }

  @Test
  void theListsOfAZipAreOne() throws IOException {
    byte[] second = "198.51.100.7".getBytes(ISO_8859_1);
    Path file = zip("list.dat", TEXT, "folder/", new byte[0], "folder/more", second);
    FilterList list = FilterFile.read(file);
    assertThat(list.ranges()).isEqualTo(2);
    assertThat(list.badLines()).isEqualTo(1);
    assertThat(list.filter().blocks(address(198, 51, 100, 7))).isTrue();
    assertThat(FilterFile.read(zip("list.p2b", BINARY)).filter().blocks(address(192, 0, 2, 9)))
        .isTrue();
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, 40));
    assertThatThrownBy(() -> FilterFile.read(cut)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> FilterFile.read(zip()))
        .isInstanceOf(ZipException.class)
        .hasMessage("there is no file in it");
  }

  private Path zip(Object... namesAndBytes) throws IOException {
    Path file = folder.resolve("list.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        out.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return file;
  }

  @Test
  void emptyAndShortFilesAreLists() throws IOException {
    assertThat(FilterFile.read(Files.write(folder.resolve("none"), new byte[0])).ranges()).isZero();
    assertThat(FilterFile.read(Files.write(folder.resolve("one"), new byte[] {0x3f})).badLines())
        .isEqualTo(1);
  }

  @Test
  void packedBytesThatAreCutOrNoneAreRefused() throws IOException {
    byte[] packed = Files.readAllBytes(pack("whole.gz", TEXT));
    for (int length = 2; length < packed.length; length++) {
      Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, length));
      assertThatThrownBy(() -> FilterFile.read(cut)).isInstanceOf(IOException.class);
    }
    byte[] wrong = {0x1f, (byte) 0x8b, 'n', 'o', 't', ' ', 'p', 'a', 'c', 'k', 'e', 'd'};
    Path file = Files.write(folder.resolve("wrong.gz"), wrong);
    assertThatThrownBy(() -> FilterFile.read(file)).isInstanceOf(ZipException.class);
  }

  private Path pack(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  private static InetAddress address(int... bytes) throws UnknownHostException {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    return InetAddress.getByAddress(address);
  }
}
