package sluice.protocol.metainfo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sluice.protocol.digest.Digests;

/**
 * Numbers by which an index finds torrents that may have common content, without keeping their
 * metadata: two torrents with a common file have a common mark, and hardly any others. Pure.
 */
public final class ContentMarks {
  /** Most files of a torrent that get marks: the first one and the largest. */
  public static final int MAX_FILES = 4_096;

  private ContentMarks() {}

  /** The marks of {@code info}, without repetition, those of large files first. */
  public static List<Long> of(Info info) {
    Set<Long> marks = new LinkedHashSet<>();
    MessageDigest sha1 = Digests.sha1();
    IntStream.range(0, info.files().size())
        .boxed()
        .filter(i -> info.files().get(i).hasData())
        .sorted(Comparator.comparingLong(i -> -info.files().get(i).length()))
        .limit(MAX_FILES - 1)
        .forEach(i -> add(marks, sha1, info, i));
    IntStream.range(0, info.files().size())
        .filter(i -> info.files().get(i).hasData())
        .limit(1)
        .forEach(i -> add(marks, sha1, info, i));
    return List.copyOf(marks);
  }

  private static void add(Set<Long> marks, MessageDigest sha1, Info info, int file) {
    for (ContentKeys.Key key : ContentKeys.likely(info, file)) {
      sha1.update(key.hash().bytes());
      sha1.update(
          ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
              .putInt(key.pieceLength())
              .putLong(key.length())
              .flip());
      marks.add(ByteBuffer.wrap(sha1.digest()).getLong());
    }
  }
}
