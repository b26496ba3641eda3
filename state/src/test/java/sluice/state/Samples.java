package sluice.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.PieceSet;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.FileStamp;
import sluice.state.record.Limits;
import sluice.state.record.RenamedFile;
import sluice.state.record.Resume;
import sluice.state.record.RootIdentity;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.Wanted;

/** Values that tests store, made from a number. */
final class Samples {
  static final StateOptions QUICK =
      new StateOptions(1 << 16, java.time.Duration.ofHours(1), 1L << 30);

  private Samples() {}

  static Torrent torrent(long number) {
    byte[] seed = Long.toString(number).getBytes(StandardCharsets.UTF_8);
    Optional<Hash> v1 = number % 3 == 1 ? Optional.empty() : Optional.of(Hash.sha1(seed));
    Optional<Hash> v2 = number % 3 == 0 ? Optional.empty() : Optional.of(Hash.sha256(seed));
    TorrentOptions options =
        number % 4 == 0
            ? TorrentOptions.DEFAULT
                .withLimits(new Limits(number, 0, 5, 0, 0, 0))
                .withLabels("films", List.of("a", "größe"), "")
            : TorrentOptions.DEFAULT;
    return new Torrent(
        new InfoHashes(v1, v2),
        "torrent ☃ " + number,
        new Content(1_000_000 + number, 100),
        1_700_000_000_000L + number,
        Wanted.STARTED,
        number,
        "/data/" + number,
        options);
  }

  static Source.Metainfo metainfo(long number, int bytes) {
    byte[] content = new byte[bytes];
    new java.util.SplittableRandom(number).nextBytes(content);
    return new Source.Metainfo(content);
  }

  static Resume resume(int... pieces) {
    PieceSet have = new PieceSet(100);
    for (int piece : pieces) {
      have.set(piece);
    }
    return new Resume(
        have,
        List.of(new FileStamp(1_000, 5), FileStamp.ABSENT),
        Optional.of(new RootIdentity("8:1", "inode 77")),
        1_700_000_000_001L,
        List.of(new RenamedFile(1, "other/name")));
  }

  static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StateException state) {
        throw state;
      }
      throw e;
    }
  }
}
