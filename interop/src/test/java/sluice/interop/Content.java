package sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that follow from a seed, and the SHA-256 of all files below a folder. */
final class Content {
  /** SHA-256 of nothing. */
  static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final int CHUNK = 1 << 20;

  private Content() {}

  /** One file of {@code length} bytes; returns its path. */
  static Path file(Path folder, String name, long length, long seed) {
    Path file = folder.resolve(name);
    byte[] chunk = new byte[CHUNK];
    Random random = new Random(seed);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        for (long left = length; left > 0; left -= CHUNK) {
          random.nextBytes(chunk);
          out.write(chunk, 0, (int) Math.min(left, CHUNK));
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of {@code length} zeroes. */
  static void zeroes(Path file, int length) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[length]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of files: empty ones, one-byte ones, equal ones, nested ones, odd names. */
  static Path folder(Path parent, String name, long seed) {
    Path root = parent.resolve(name);
    file(root, "0 empty first", 0, seed);
    file(root, "a.bin", 3_000_001, seed + 1);
    file(root, "b/one", 1, seed + 2);
    file(root, "b/block", 16_384, seed + 3);
    file(root, "b/empty", 0, seed);
    file(root, "b/deep/er/piece", 65_536, seed + 4);
    file(root, "b/deep/er/same", 65_536, seed + 4);
    file(root, "\u00fcml\u00e4ut \u4e2d\u6587.bin", 777_777, seed + 5);
    file(root, "z/last empty", 0, seed);
    return root;
  }

  /** SHA-256 by path of everything below {@code folder} but pads. */
  static Map<String, String> hashes(Path folder) {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.contains(".pad/") && !path.endsWith(".aria2")) {
          all.put(path, sha256(file));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
