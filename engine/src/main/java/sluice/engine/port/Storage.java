package sluice.engine.port;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import sluice.protocol.merkle.PieceHash;

/**
 * The files of one torrent. Call on the loop; work runs on the disk and hash pools and completes on
 * the loop in batches, in any order. Bytes of pads read as zeroes and are not written.
 */
public interface Storage extends Relocation {
  /**
   * Reads each slice into blocks of the pool: one block for each started 16 KiB of the slice. The
   * slices are of verified pieces. A batch completes as a whole.
   */
  void read(List<Slice> slices, ReadHandler handler);

  /**
   * Verifies a whole piece that is in memory and, if it is right, writes it. A wrong piece of
   * several blocks with a v2 hash is written, too, as {@link #spill} does it: peers can tell which
   * of its blocks are wrong, and only these are fetched again.
   *
   * @param blocks all blocks of the piece in order; one hold on each passes to the storage
   * @param expected what the piece must hash to
   */
  void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler);

  /**
   * Writes blocks of a piece that is not verified yet, to free memory. One hold on each block
   * passes to the storage.
   *
   * @param firstBlock index in the piece of the first block; the others follow it
   */
  void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler);

  /** Reads a piece back and tells whether it is right; one of which something is missing is not. */
  void verify(int piece, PieceHash expected, CommitHandler handler);

  /** Checks pieces {@code 0..count-1}, as {@link #check(BitSet, IntFunction, CheckHandler)}. */
  default Check check(int count, IntFunction<PieceHash> expected, CheckHandler handler) {
    BitSet all = new BitSet(count);
    all.set(0, count);
    return check(all, expected, handler);
  }

  /**
   * Checks some pieces against what they must hash to, with as little memory and as many threads as
   * is good. {@code expected} is called on any thread.
   */
  Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler);

  /** Reads a verified piece and tells the SHA-256 of each of its blocks. */
  void leaves(int piece, LeavesHandler handler);

  /**
   * Makes folders, wanted empty files and links, sets attributes and, if the storage was opened so,
   * allocates the wanted files; before the first write.
   *
   * @return to give up the allocation; {@link Fault.Kind#CANCELLED} is told then
   */
  Running prepare(DoneHandler handler);

  /**
   * Says which files are wanted; without it all are. A file that is not wanted and not there is not
   * made: what border pieces bring of it goes to one hidden part file, and from there into the file
   * when that is wanted. A file that is there keeps its data.
   */
  void select(BitSet wantedFiles, DoneHandler handler);

  /** Looks at the folder and the files, without opening or making any. */
  void probe(ProbeHandler handler);

  /** Forces to the device what was written until this call; only files that were written. */
  void sync(DoneHandler handler);

  /**
   * Where each file is, in the order of the torrent, in a form that is equal for equal places of
   * all storages; empty when the files have no places.
   */
  default List<String> paths() {
    return List.of();
  }

  /** Finishes what runs, forces data and closes the files. */
  void close(DoneHandler handler);

  /** Bytes to read: inside one piece, at most 128 KiB. */
  record Slice(int piece, int begin, int length) {}

  /** A check that runs; when it is given up {@link CheckHandler#onEnd} still comes. */
  interface Check extends Running {}

  /** Receives read blocks. */
  interface ReadHandler {
    /** {@code blocks} has one list for each slice, in order; holds pass to the receiver. */
    void onRead(List<List<Block>> blocks);

    /** Nothing was read. {@link Fault.Kind#NO_SPACE} means that the block pool is used up. */
    void onFault(Fault fault);
  }

  /** Receives the outcome of {@link #commit} and {@link #verify}. */
  interface CommitHandler {
    /** Right, and on disk (not yet forced to the device). */
    void onGood();

    /**
     * Wrong.
     *
     * @param blockDigests the first eight bytes of the SHA-256 of each block, in order, to tell
     *     which block was wrong
     */
    void onBad(List<Long> blockDigests);

    /** Could not be read or written. */
    void onFault(Fault fault);
  }

  /** Receives the outcome of {@link #spill}. */
  interface SpillHandler {
    /** Written; {@code blockDigests} as in {@link CommitHandler#onBad}. */
    void onSpilled(List<Long> blockDigests);

    /** Not written. */
    void onFault(Fault fault);
  }

  /** Receives the outcome of {@link #leaves}. */
  interface LeavesHandler {
    /** {@code leaves} are 32 bytes for each block, as they are on disk, right or not. */
    void onLeaves(byte[] leaves);

    /** Could not be read. */
    void onFault(Fault fault);
  }

  /** Receives the outcome of {@link #check}, in batches. */
  interface CheckHandler {
    /**
     * These pieces are right; the others of {@code [from, to)} that were to be checked are missing
     * or wrong.
     */
    void onChecked(int from, int to, BitSet good);

    /** Finished, or cancelled. */
    void onEnd();

    /** Stopped: a file cannot be read. A missing file is no fault, its pieces are not good. */
    void onFault(Fault fault);
  }

  /** Receives the outcome of {@link #probe}. */
  interface ProbeHandler {
    /** This is there. */
    void onPresence(Presence presence);

    /** It cannot be told. */
    void onFault(Fault fault);
  }

  /** Receives the end of a plain operation. */
  interface DoneHandler {
    /** It is done. */
    void onDone();

    /** It failed. */
    void onFault(Fault fault);
  }
}
