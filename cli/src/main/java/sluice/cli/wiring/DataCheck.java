package sluice.cli.wiring;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceHashes;
import sluice.storage.file.Disk;
import sluice.storage.file.Place;
import sluice.storage.pool.SlabPool;
import sluice.transport.Transport;

/** Checks data on disk against a torrent, without an engine. */
public final class DataCheck {
  private DataCheck() {}

  /**
   * The pieces of {@code metainfo} whose data in {@code folder} are right. Waits for the end;
   * {@code checked} is told on another thread how many pieces have been looked at.
   */
  public static BitSet run(Metainfo metainfo, Path folder, IntConsumer checked)
      throws InterruptedException {
    Info info = metainfo.info();
    PieceHashes hashes = PieceHashes.of(metainfo);
    int pieces = info.layout().pieceCount();
    for (int piece = 0; piece < pieces; piece++) {
      if (hashes.of(piece).isEmpty()) {
        throw new Problem(
            ExitCode.INVALID, info.name() + ": the torrent file lacks the hashes of its pieces");
      }
    }
    CompletableFuture<BitSet> outcome = new CompletableFuture<>();
    SlabPool pool = new SlabPool(SlabPool.DEFAULT_BYTES);
    try (Transport transport = Transport.open();
        Disk disk = new Disk(pool, Disk.Config.defaults())) {
      Storage storage = disk.open(info, Place.of(folder), transport.loop());
      transport
          .loop()
          .execute(() ->
              storage.check(
                  pieces, piece -> expected(hashes, piece), new Collected(outcome, checked)));
      return outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw new IllegalStateException("the check ended in a bug", e.getCause());
    }
  }

  private static PieceHash expected(PieceHashes hashes, int piece) {
    return hashes.of(piece).orElseThrow();
  }

  /** Gathers the batches of a check. */
  private static final class Collected implements Storage.CheckHandler {
    private final BitSet good = new BitSet();
    private final CompletableFuture<BitSet> outcome;
    private final IntConsumer checked;
    private int seen;

    Collected(CompletableFuture<BitSet> outcome, IntConsumer checked) {
      this.outcome = outcome;
      this.checked = checked;
    }

    @Override
    public void onChecked(int from, int to, BitSet right) {
      good.or(right);
      seen += to - from;
      checked.accept(seen);
    }

    @Override
    public void onEnd() {
      outcome.complete(good);
    }

    @Override
    public void onFault(Fault fault) {
      outcome.completeExceptionally(
          new Problem(ExitCode.FAILED, "cannot be checked: " + fault.detail()));
    }
  }
}
