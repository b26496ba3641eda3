package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import sluice.engine.peer.Peer;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Picker;
import sluice.engine.pick.Priority;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.Info;

/**
 * What of a torrent is wanted and in which order; it may be changed at any time. What is there and
 * is not wanted stays and is served, to so many peers at a time as is wanted. Loop only.
 */
public final class Wishes {
  private final Info info;
  private final Picker picker;
  private final Storage storage;
  private final Demand demand;
  private final Intake intake;
  private final PeerTable peers;
  private final Holdings holdings;
  private final Chokes chokes;
  private final boolean download;
  private final Listener listener;
  private final OthersFiles others;
  private final Reading reading;
  private FileSelection files;
  private boolean ends;
  private int changes;

  /** What the swarm does about it. */
  interface Listener {
    /** The wishes have changed; {@link Picker#isComplete} before that was {@code complete}. */
    void onWishes(boolean complete);

    /** Files cannot be made. */
    void onDiskFault(Fault fault);
  }

  Wishes(
      SwarmParts parts,
      Demand demand,
      Intake intake,
      PeerTable peers,
      Holdings holdings,
      Listener listener) {
    this.info = parts.info();
    this.picker = parts.picker();
    this.storage = parts.storage();
    this.demand = demand;
    this.intake = intake;
    this.peers = peers;
    this.holdings = holdings;
    this.chokes = parts.chokes();
    this.download = parts.download();
    this.listener = listener;
    this.others = new OthersFiles(info, picker, listener::onDiskFault);
    this.reading =
        new Reading(parts.layout(), holdings::isSound, storage, parts.services().blocks());
    PickOptions options = parts.picking();
    this.files = options.files();
    this.ends = options.ends();
    picker.sequential(options.sequential());
    prioritize(files.pieces(info, ends));
  }

  /** Sends to at most so many peers at a time, from the next round on. */
  public void uploadSlots(int most) {
    chokes.slots(most);
  }

  /** What the program itself wants to read. */
  public Reading reading() {
    return reading;
  }

  /** The files that are wanted. */
  public FileSelection files() {
    return files;
  }

  /** Tells the storage which files are to be made, before it is used. */
  void begin(Runnable then) {
    if (files.equals(FileSelection.ALL)) {
      then.run();
    } else {
      storage.select(files.chosen(info), done(then));
    }
  }

  /** Makes what is wanted and missing, before the first write. */
  void prepare(Runnable then) {
    if (others.allow(files)) {
      storage.prepare(done(then));
    }
  }

  /** Files that are not to be written because they are another torrent's, for the reason given. */
  public void avoid(Map<Integer, String> theirs) {
    others.put(theirs);
  }

  /** Changes which files are wanted, and how much. */
  public void select(FileSelection selection) {
    if (!others.allow(selection)) {
      return;
    }
    files = selection;
    int mine = ++changes;
    keep(selection.pieces(info, ends));
    storage.select(
        selection.chosen(info),
        done(() -> {
          if (mine == changes) {
            change();
          }
        }));
  }

  /** Fetches the first and the last piece of each wanted file before all others, or not. */
  public void ends(boolean first) {
    if (ends != first) {
      ends = first;
      change();
    }
  }

  /** Fetches pieces from first to last, or the rarest first. */
  public void sequential(boolean on) {
    picker.sequential(on);
  }

  /** Shows each peer one piece at a time from here on, or all; only what is complete and public. */
  public void superSeed(boolean on) {
    holdings.superSeed(on && !info.isPrivate() && picker.have().isFull());
  }

  /**
   * Asks for a piece to be fetched by {@code atNanos}, loop time, before what is due later or not
   * at a time; it becomes wanted if it is not. False if too many are due or there is no such piece.
   */
  public boolean due(int piece, long atNanos) {
    if (!info.layout().isPiece(piece) || others.has(piece)) {
      return false;
    }
    if (!picker.priority(piece).isWanted()) {
      boolean complete = picker.isComplete();
      picker.prioritize(piece, Priority.NORMAL);
      changed(complete);
    }
    boolean set = picker.due(piece, atNanos);
    peers.all().forEach(demand::fill);
    return set;
  }

  /** Nothing is due at a time. */
  public void nothingDue() {
    picker.nothingDue();
  }

  /**
   * Hashes pieces that may be wrong, while no others are. Those that are wrong are lost, and
   * fetched again as far as they are wanted; {@code told} is given their number after that.
   */
  void doubt(BitSet pieces, IntConsumer told) {
    holdings
        .doubts()
        .check(
            pieces,
            wrong -> {
              if (!wrong.isEmpty()) {
                lose(wrong);
              }
              told.accept(wrong.cardinality());
            });
  }

  private void lose(BitSet pieces) {
    boolean complete = picker.isComplete();
    holdings.lose(pieces);
    if (download && complete && !picker.isComplete()) {
      prepare(() -> changed(true));
    } else {
      changed(complete);
    }
  }

  /** Reads and hashes nothing more. */
  void end() {
    reading.end();
    holdings.doubts().stop();
  }

  /** What was complete may never have written anything: its files are made first. */
  private void change() {
    if (download && picker.isComplete()) {
      prepare(() -> apply(files.pieces(info, ends)));
    } else {
      apply(files.pieces(info, ends));
    }
  }

  private Storage.DoneHandler done(Runnable then) {
    return new Storage.DoneHandler() {
      @Override
      public void onDone() {
        then.run();
      }

      @Override
      public void onFault(Fault fault) {
        listener.onDiskFault(fault);
      }
    };
  }

  private void apply(List<Priority> priorities) {
    boolean complete = picker.isComplete();
    for (Peer peer : peers.all()) {
      demand.drop(peer, piece -> !priorities.get(piece).isWanted());
    }
    prioritize(priorities);
    changed(complete);
  }

  /** Writes what there is of pieces that will not be wanted, as long as their files are. */
  private void keep(List<Priority> priorities) {
    for (OpenPiece piece : picker.openPieces()) {
      if (!priorities.get(piece.piece()).isWanted()) {
        intake.store(piece);
      }
    }
  }

  private void prioritize(List<Priority> priorities) {
    for (int i = 0; i < priorities.size(); i++) {
      if (picker.priority(i) != priorities.get(i)) {
        picker.prioritize(i, priorities.get(i));
      }
    }
  }

  private void changed(boolean complete) {
    if (download) {
      for (Peer peer : peers.all()) {
        peer.wanted(picker.wanted(peer.pieces()));
      }
    }
    listener.onWishes(complete);
  }
}
