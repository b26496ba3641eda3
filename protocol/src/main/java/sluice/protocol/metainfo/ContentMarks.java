package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * Numbers by which an index finds torrents that may have common content, without keeping their
 * metadata: of two torrents with a common file, or of which one names the other (BEP 38), each is
 * noted under a mark by which the other is looked for, and hardly any others are.
 *
 * @param noted under which the torrent is noted
 * @param sought by which others are looked for: large files first, hints last
 */
public record ContentMarks(List<Long> noted, List<Long> sought) {
  /** Most files of a torrent that get marks: the first one and the largest. */
  public static final int MAX_FILES = 4_096;

  private static final byte CONTENT = 0;
  private static final byte TORRENT = 1;
  private static final byte SIMILAR = 2;
  private static final byte COLLECTION = 3;
  private static final byte PLACE = 4;

  public ContentMarks {
    noted = List.copyOf(noted);
    sought = List.copyOf(sought);
  }

  /** The marks of {@code torrent}, without repetition. */
  public static ContentMarks of(Metainfo torrent) {
    Info info = torrent.info();
    Set<Long> noted = new LinkedHashSet<>(contents(info));
    Set<Long> sought = new LinkedHashSet<>(noted);
    for (Hash own : info.hashes().wire()) {
      noted.add(mark(TORRENT, own.bytes()));
      sought.add(mark(SIMILAR, own.bytes()));
    }
    for (Hash other : torrent.hints().similar()) {
      byte[] wire = other.truncated().bytes();
      noted.add(mark(SIMILAR, wire));
      sought.add(mark(TORRENT, wire));
    }
    for (String name : torrent.hints().collections()) {
      long mark = mark(COLLECTION, name.getBytes(UTF_8));
      noted.add(mark);
      sought.add(mark);
    }
    return new ContentMarks(List.copyOf(noted), List.copyOf(sought));
  }

  /** Marks of places of files, by which others at the same places are looked for. */
  public static List<Long> places(List<String> paths) {
    return paths.stream().limit(MAX_FILES).map(p -> mark(PLACE, p.getBytes(UTF_8))).toList();
  }

  private static Set<Long> contents(Info info) {
    Set<Long> marks = new LinkedHashSet<>();
    IntStream.range(0, info.files().size())
        .boxed()
        .filter(i -> info.files().get(i).hasData())
        .sorted(Comparator.comparingLong(i -> -info.files().get(i).length()))
        .limit(MAX_FILES - 1)
        .forEach(i -> content(marks, info, i));
    IntStream.range(0, info.files().size())
        .filter(i -> info.files().get(i).hasData())
        .limit(1)
        .forEach(i -> content(marks, info, i));
    return marks;
  }

  private static void content(Set<Long> marks, Info info, int file) {
    for (ContentKeys.Key key : ContentKeys.likely(info, file)) {
      byte[] hash = key.hash().bytes();
      byte[] name =
          ByteBuffer.allocate(hash.length + Integer.BYTES + Long.BYTES)
              .put(hash)
              .putInt(key.pieceLength())
              .putLong(key.length())
              .array();
      marks.add(mark(CONTENT, name));
    }
  }

  private static long mark(byte kind, byte[] name) {
    MessageDigest sha1 = Digests.sha1();
    sha1.update(kind);
    return ByteBuffer.wrap(sha1.digest(name)).getLong();
  }
}
