package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.protocol.digest.Digests;

/** The content rule of the known answers: SHA-256(name, 0), SHA-256(name, 1) and so on. */
final class KnownContent implements TorrentCreator.ContentSource {
  /** The sets of the known answers: name, then files as path and length. */
  static final List<KnownSet> SETS =
      List.of(
          set("one-block", 16_384, "a.bin:16384"),
          set("one-byte", 65_536, "a.bin:1"),
          set("odd", 65_536, "a.bin:200000"),
          set(
              "edges-16k",
              16_384,
              "d/e0:0 d/e1:1 d/e2:16383 d/e3:16384 d/e4:16385 d/e5:32768 d/e6:49153 z:70000"),
          set(
              "edges-64k",
              65_536,
              "d/e0:0 d/e1:1 d/e2:65535 d/e3:65536 d/e4:65537 d/e5:131072 d/e6:1048577 z:3"),
          set("edges-256k", 262_144, "m/a:262144 m/b:262145 m/c:0 m/d:786432 n/x/y/z:300000"),
          set("same-file-twice", 32_768, "p:100000 q:100000"),
          set("empty-last", 16_384, "a:40000 b:0"),
          set("only-empty-and-one", 16_384, "a:0 b:5"),
          set("bytewise-sort", 16_384, "B:1 a:1 a.txt:1 ab:1 \u00E9:1"));

  private final boolean inFolder;
  private final Map<String, byte[]> contents = new HashMap<>();

  KnownContent(boolean inFolder) {
    this.inFolder = inFolder;
  }

  @Override
  public void read(FileEntry file, long offset, byte[] target) {
    List<String> path = inFolder ? file.path().subList(1, file.path().size()) : file.path();
    byte[] content =
        contents.computeIfAbsent(
            String.join("/", path), name -> content(name, (int) file.length()));
    System.arraycopy(content, (int) offset, target, 0, target.length);
  }

  static byte[] content(String name, int length) {
    ByteBuffer out = ByteBuffer.allocate(length + 32);
    MessageDigest digest = Digests.sha256();
    for (int i = 0; out.position() < length; i++) {
      digest.update(name.getBytes(UTF_8));
      digest.update(ByteBuffer.allocate(4).putInt(0, i));
      out.put(digest.digest());
    }
    byte[] content = new byte[length];
    out.flip().get(content);
    return content;
  }

  private static KnownSet set(String name, int pieceLength, String files) {
    return new KnownSet(name, pieceLength, List.of(files.split(" ")));
  }

  /** A torrent of the known answers. */
  record KnownSet(String name, int pieceLength, List<String> files) {
    MetainfoBuilder builder() {
      if (files.size() == 1) {
        String[] file = files.getFirst().split(":");
        return MetainfoBuilder.ofFile(file[0], Long.parseLong(file[1])).pieceLength(pieceLength);
      }
      MetainfoBuilder builder = MetainfoBuilder.ofFolder(name).pieceLength(pieceLength);
      for (String file : files) {
        String[] parts = file.split(":");
        builder.file(List.of(parts[0].split("/")), Long.parseLong(parts[1]));
      }
      return builder;
    }

    byte[] create(MetainfoBuilder builder) {
      return TorrentCreator.create(builder, new KnownContent(files.size() > 1));
    }
  }
}
