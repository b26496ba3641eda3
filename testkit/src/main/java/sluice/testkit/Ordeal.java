package sluice.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Steps of a program that meets full and vanished disks, and ends with an exception if need be. */
public final class Ordeal {
  private static final int PAGE = 4_096;

  private Ordeal() {}

  /** What {@code what} says must be so. */
  public static void require(boolean is, String what) {
    if (!is) {
      throw new IllegalStateException("not so: " + what);
    }
  }

  /** Runs a command of the system, such as {@code mount}, to its end. */
  public static void run(String... command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    require(code == 0, String.join(" ", List.of(command)) + " ends with " + code);
  }

  /** Whether nothing is in {@code folder}. */
  public static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> there = Files.list(folder)) {
      return there.findAny().isEmpty();
    }
  }

  /** Writes into {@code filler} until its file system is full. */
  public static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] page = new byte[PAGE];
      while (true) {
        out.write(page);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      require(Files.size(filler) > 0, "the file system is filled: " + e);
    }
  }
}
