package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times at which a JVM stood still, for the collector or anything else, from its log ({@code
 * -Xlog:safepoint}).
 */
final class Pauses {
  private static final Pattern TOTAL =
      Pattern.compile("(?m)^.*Safepoint \"(\\w+)\".* Total:\\s*(\\d+) ns.*$");

  private final Path log;
  private long from;

  Pauses(Path log) {
    this.log = log;
  }

  /** The option that makes a JVM write the log. */
  String option() {
    return "-Xlog:safepoint:file=" + log + ":uptime:filecount=0";
  }

  /** What comes from here on counts. */
  void begin() {
    from = size();
  }

  /** The longest since {@link #begin}, in milliseconds; 0 for a program that writes no such log. */
  double longestMillis() {
    double longest = 0;
    Matcher matcher = TOTAL.matcher(read());
    while (matcher.find()) {
      longest = Math.max(longest, Long.parseLong(matcher.group(2)) / 1e6);
    }
    return longest;
  }

  private long size() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() {
    if (!Files.exists(log)) {
      return "";
    }
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - from));
      channel.position(from);
      int count = 1;
      while (count > 0) {
        count = channel.read(bytes);
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
