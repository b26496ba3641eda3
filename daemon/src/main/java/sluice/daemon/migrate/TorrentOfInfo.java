package sluice.daemon.migrate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;

/** A torrent file made of an info dictionary, byte for byte, and what stands beside it. */
final class TorrentOfInfo {
  private TorrentOfInfo() {}

  static byte[] file(byte[] info, Foreign beside) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('d');
    out.writeBytes("4:info".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(info);
    Optional<BValue> layers = beside.fields().get("piece layers");
    if (layers.isPresent()) {
      out.writeBytes("12:piece layers".getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(Bencode.write(layers.get()));
    }
    out.write('e');
    return out.toByteArray();
  }
}
