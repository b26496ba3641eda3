package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * How fast the JDK's SHA-1 is on all cores at once: with everything in memory, and with a file read
 * beside it, which is the most that a check of existing data can reach.
 *
 * @param inMemory bytes per second of hashing alone
 * @param ofFile bytes per second of positional reads and hashing, and nothing else
 */
record HashSpeed(double inMemory, double ofFile) {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int WARM_UP_CHUNKS = 400;
  private static final int CHUNKS = 1_000;
  private static final int READ_BYTES = 1 << 18;

  /** Measures with {@code file}; the best of {@code rounds}. */
  static HashSpeed measure(Path file, int rounds) {
    int cores = Runtime.getRuntime().availableProcessors();
    seconds(cores, core -> hash(WARM_UP_CHUNKS));
    double inMemory = 0;
    double ofFile = 0;
    for (int i = 0; i < rounds; i++) {
      double memory = seconds(cores, core -> hash(CHUNKS));
      inMemory = Math.max(inMemory, (double) cores * CHUNKS * CHUNK_BYTES / memory);
      double reading = seconds(cores, core -> hash(file, core, cores));
      ofFile = Math.max(ofFile, file.toFile().length() / reading);
    }
    return new HashSpeed(inMemory, ofFile);
  }

  private static double seconds(int threads, IntConsumer work) {
    long start = System.nanoTime();
    try (ExecutorService all = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(all.submit(() -> work.accept(number)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void hash(int chunks) {
    MessageDigest digest = sha1();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int i = 0; i < chunks; i++) {
      digest.update(chunk);
      chunk[0] = digest.digest()[0];
    }
  }

  /** Hashes part {@code part} of {@code parts} of the file. */
  private static void hash(Path file, int part, int parts) {
    MessageDigest digest = sha1();
    ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      long at = channel.size() * part / parts;
      long end = channel.size() * (part + 1) / parts;
      while (at < end) {
        int count = channel.read(buffer.clear().limit((int) Math.min(READ_BYTES, end - at)), at);
        if (count < 0) {
          throw new IllegalStateException(file + " shrank");
        }
        digest.update(buffer.flip());
        at += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
