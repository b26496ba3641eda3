package sluice.tracker.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Writes the info-hashes of a load in hex, for a tracker that wants a list: {@code FILE SWARMS}.
 */
final class Hashes {
  private Hashes() {}

  public static void main(String[] args) throws IOException {
    ByteBuffer hash = ByteBuffer.allocate(20);
    StringBuilder text = new StringBuilder();
    for (int swarm = 0; swarm < Integer.parseInt(args[1]); swarm++) {
      World.putHash(hash, 0, swarm);
      text.append(HexFormat.of().formatHex(hash.array())).append('\n');
    }
    Files.writeString(Path.of(args[0]), text, StandardCharsets.US_ASCII);
  }
}
