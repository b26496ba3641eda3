package sluice.engine.pick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Sender;
import sluice.engine.port.Block;

/**
 * A piece of which some blocks are asked for or received. Loop only.
 *
 * <p>A block is free (asked of nobody, not received), asked (of one peer, in the endgame of more),
 * or received; a received block is in memory or spilled to disk.
 */
public final class OpenPiece {
  private final int piece;
  private final long serial;
  private final byte[] asked;
  private final @Nullable Peer[] lastAsked;
  private final boolean[] received;
  private final @Nullable Block[] memory;
  private final @Nullable Sender[] senders;
  private final long[] spilledDigests;
  private final BitSet stored = new BitSet();
  private @Nullable Sender exclusive;
  private int freeCount;
  private int receivedCount;
  private int inMemory;
  private int spillsUnderWay;
  private boolean spilled;
  private boolean undigested;
  private boolean paused;
  private int firstFree;

  /** A piece of {@code blocks} free blocks; {@code exclusive}, if given, fetches it alone. */
  OpenPiece(int piece, long serial, int blocks, @Nullable Sender exclusive) {
    this.piece = piece;
    this.serial = serial;
    this.exclusive = exclusive;
    asked = new byte[blocks];
    lastAsked = new Peer[blocks];
    received = new boolean[blocks];
    memory = new Block[blocks];
    senders = new Sender[blocks];
    spilledDigests = new long[blocks];
    freeCount = blocks;
  }

  public int piece() {
    return piece;
  }

  /** A number of its own: a piece that fails and is opened again has another. */
  public long serial() {
    return serial;
  }

  /** Number of blocks. */
  public int blocks() {
    return asked.length;
  }

  /** Whether all blocks are received. */
  public boolean isFull() {
    return receivedCount == asked.length;
  }

  /** Whether the block is received. */
  public boolean isReceived(int block) {
    return received[block];
  }

  /** Of how many peers the block is asked. */
  public int asked(int block) {
    return asked[block];
  }

  /** The peer that the block was asked of last, or null. */
  @Nullable Peer lastAsked(int block) {
    return lastAsked[block];
  }

  /** Received blocks that are in memory. */
  public int inMemory() {
    return inMemory;
  }

  /** Whether a received block has left memory unverified. */
  public boolean isSpilled() {
    return spilled;
  }

  /** Whether the block is neither asked for nor received. */
  boolean isFree(int block) {
    return asked[block] == 0 && !received[block];
  }

  boolean hasFree() {
    return freeCount > 0;
  }

  boolean isFor(Peer peer) {
    return exclusive == null || exclusive.equals(Sender.of(peer));
  }

  boolean isExclusive() {
    return exclusive != null;
  }

  /** Whether no block has come, and every peer may fetch the piece. */
  public boolean isUnanswered() {
    return receivedCount == 0 && exclusive == null && !paused;
  }

  /** Whether nothing is asked for and nothing received. */
  boolean isUntouched() {
    return freeCount == asked.length;
  }

  /** Lets every peer fetch the piece. */
  void share() {
    exclusive = null;
  }

  /** Lets every peer fetch the piece if {@code source} was to fetch it alone. */
  void share(Sender source) {
    if (source.equals(exclusive)) {
      exclusive = null;
    }
  }

  /** Whether nobody is asked for the piece, because it is not wanted at present. */
  boolean isPaused() {
    return paused;
  }

  void paused(boolean stop) {
    paused = stop;
  }

  /** Takes the first free block for {@code peer}. */
  int takeFree(Peer peer) {
    while (asked[firstFree] > 0 || received[firstFree]) {
      firstFree++;
    }
    ask(firstFree, peer);
    return firstFree;
  }

  /** Notes one more request, to {@code peer} if it is one, for a block that is not received. */
  void ask(int block, @Nullable Peer peer) {
    lastAsked[block] = peer;
    if (asked[block]++ == 0) {
      freeCount--;
    }
  }

  /** A request for the block has ended without the block. */
  void unask(int block) {
    asked[block]--;
    assert asked[block] >= 0;
    if (asked[block] == 0 && !received[block]) {
      lastAsked[block] = null;
      freeCount++;
      firstFree = Math.min(firstFree, block);
    }
  }

  /** Takes in a block that was asked for; the hold on {@code data} passes here. */
  public void put(int block, Block data, Sender sender) {
    assert !received[block];
    asked[block]--;
    lastAsked[block] = null;
    received[block] = true;
    receivedCount++;
    memory[block] = data;
    senders[block] = sender;
    inMemory++;
  }

  /** Who sent each block of the full piece, in order. */
  public List<Sender> senders() {
    List<Sender> list = new ArrayList<>(senders.length);
    for (Sender sender : senders) {
      list.add(Objects.requireNonNull(sender, "the piece is not full"));
    }
    return list;
  }

  /** First block at or after {@code from} that is received and in memory, or -1. */
  public int nextInMemory(int from) {
    for (int i = from; i < memory.length; i++) {
      if (memory[i] != null) {
        return i;
      }
    }
    return -1;
  }

  /** Takes the run of blocks in memory that starts at {@code from}; their holds pass on. */
  public List<Block> takeRun(int from) {
    List<Block> run = new ArrayList<>();
    for (int i = from; i < memory.length; i++) {
      Block block = memory[i];
      if (block == null) {
        break;
      }
      run.add(block);
      memory[i] = null;
    }
    inMemory -= run.size();
    return run;
  }

  /** A run taken with {@link #takeRun} is on its way to disk. */
  public void spillStarted() {
    spilled = true;
    spillsUnderWay++;
  }

  /** The run that starts at {@code from} is on disk. */
  public void spillEnded(int from, List<Long> digests) {
    spillsUnderWay--;
    for (int i = 0; i < digests.size(); i++) {
      spilledDigests[from + i] = digests.get(i);
    }
    stored.set(from, from + digests.size());
  }

  /** A free block is on disk: an earlier run received it. */
  public void kept(int block) {
    onDisk(block, new Sender.Kept());
    undigested = true;
  }

  /** A free block is on disk: it was not what made the piece bad. */
  public void right(int block, Sender sender, long digest) {
    onDisk(block, sender);
    spilledDigests[block] = digest;
  }

  private void onDisk(int block, Sender sender) {
    assert isFree(block);
    received[block] = true;
    freeCount--;
    receivedCount++;
    senders[block] = sender;
    stored.set(block);
    spilled = true;
  }

  /** The blocks that are on disk, unverified; not to be changed. */
  public BitSet stored() {
    return stored;
  }

  /** Whether runs are on their way to disk. */
  public boolean isSpilling() {
    return spillsUnderWay > 0;
  }

  /** The digests of the full piece on disk, in block order; empty if not all are known. */
  public List<Long> spilledDigests() {
    return undigested ? List.of() : Arrays.stream(spilledDigests).boxed().toList();
  }

  /**
   * The digests of what came for the full piece, which has the digests {@code onDisk} now. Of
   * blocks of earlier runs it is not known: they count as they are.
   */
  public List<Long> received(List<Long> onDisk) {
    List<Long> digests = new ArrayList<>(onDisk);
    for (int i = 0; i < digests.size(); i++) {
      if (stored.get(i) && !(senders[i] instanceof Sender.Kept)) {
        digests.set(i, spilledDigests[i]);
      }
    }
    return digests;
  }

  /** Releases all memory: those blocks are free again. */
  void forget() {
    for (int i = nextInMemory(0); i >= 0; i = nextInMemory(i)) {
      Objects.requireNonNull(memory[i]).release();
      memory[i] = null;
      senders[i] = null;
      received[i] = false;
      receivedCount--;
      freeCount += asked[i] == 0 ? 1 : 0;
      firstFree = Math.min(firstFree, i);
    }
    inMemory = 0;
  }

  /** Releases all memory: the piece is given up. */
  public void discard() {
    for (int i = 0; i < memory.length; i++) {
      Block block = memory[i];
      if (block != null) {
        block.release();
        memory[i] = null;
      }
    }
    inMemory = 0;
  }
}
