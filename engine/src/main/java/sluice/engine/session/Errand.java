package sluice.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Presence;
import sluice.engine.port.Relocation;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Running;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.InfoHashes;

/**
 * One change of a torrent's files: noted before a file is touched, then done, then noted as done.
 * Loop only.
 */
final class Errand {
  private final Command.Files change;
  private final Consumer<Outcome> told;

  /** Whether it was noted in an earlier run, which a crash ended. */
  private final boolean again;

  private boolean noted;
  private boolean interrupted;
  private boolean given;
  private Optional<Running> running = Optional.empty();

  /**
   * {@code told} is called once.
   *
   * @param again whether it was noted in an earlier run, which a crash ended
   */
  Errand(Command.Files change, boolean again, Consumer<Outcome> told) {
    this.change = change;
    this.again = again;
    this.noted = again;
    this.told = told;
  }

  Command.Files change() {
    return change;
  }

  /** Whether a crash may have interrupted it. */
  boolean isAgain() {
    return again;
  }

  void tell(Outcome outcome) {
    told.accept(outcome);
  }

  /** Stops it as soon as that is possible; it is to be done again on another storage. */
  void interrupt() {
    interrupted = true;
    running.ifPresent(Running::cancel);
  }

  /** Stops it as soon as that is possible, for good. */
  void giveUp() {
    given = true;
    running.ifPresent(Running::cancel);
  }

  /** Whether it was stopped to be done again. */
  private boolean isPaused(Fault fault) {
    return interrupted && !given && fault.kind() == Fault.Kind.CANCELLED;
  }

  /**
   * Does it on {@code storage}; {@code progress} is told how far it is, {@code ended} is told what
   * became of it, or nothing if it is to be done again.
   */
  void run(
      Keeper keeper,
      InfoHashes torrent,
      Storage storage,
      Consumer<EngineEvent> progress,
      Consumer<Optional<Outcome>> ended) {
    Work work = new Work(keeper, torrent, storage, progress, ended);
    interrupted = false;
    if (noted) {
      work.begin();
    } else {
      keeper.intend(
          torrent,
          change,
          fault -> {
            noted = fault.isEmpty();
            fault.ifPresentOrElse(work::failed, work::begin);
          });
    }
  }

  /** It, on one storage. */
  private final class Work implements Relocation.MoveHandler {
    private final Keeper keeper;
    private final InfoHashes torrent;
    private final Storage storage;
    private final Consumer<EngineEvent> progress;
    private final Consumer<Optional<Outcome>> ended;

    Work(
        Keeper keeper,
        InfoHashes torrent,
        Storage storage,
        Consumer<EngineEvent> progress,
        Consumer<Optional<Outcome>> ended) {
      this.keeper = keeper;
      this.torrent = torrent;
      this.storage = storage;
      this.progress = progress;
      this.ended = ended;
    }

    void begin() {
      if (interrupted || given) {
        failed(new Fault(Fault.Kind.CANCELLED, "it was given up"));
        return;
      }
      switch (change) {
        case Command.Move(String folder) -> running = Optional.of(storage.move(folder, this));
        case Command.Find(String folder) ->
            storage.find(folder, done(() -> note(Optional.of(folder), this::settle)));
        case Command.RenameFile(int file, List<String> path) ->
            storage.renameFile(file, path, done(() -> note(Optional.empty(), this::settle)));
        case Command.RenameFolder(List<String> from, List<String> to) ->
            storage.renameFolder(from, to, done(() -> note(Optional.empty(), this::settle)));
        case Command.Erase e -> storage.delete(done(() -> end(new Outcome.Done())));
      }
    }

    @Override
    public void onProgress(long movedBytes, long totalBytes) {
      progress.accept(new EngineEvent.Moving(torrent, movedBytes, totalBytes));
    }

    @Override
    public void onMoved(Relocation.Leftover leftover) {
      running = Optional.empty();
      String folder = ((Command.Move) change).folder();
      note(Optional.of(folder), () -> leftover.delete(always(this::settle)));
    }

    /** Notes where the files are; if that fails, the next run is to find out. */
    private void note(Optional<String> folder, Runnable then) {
      storage.probe(
          new Storage.ProbeHandler() {
            @Override
            public void onPresence(Presence presence) {
              note(folder, presence.root(), then);
            }

            @Override
            public void onFault(Fault fault) {
              note(folder, Optional.empty(), then);
            }
          });
    }

    private void note(Optional<String> folder, Optional<RootIdentity> root, Runnable then) {
      keeper.moved(
          torrent,
          folder,
          storage.renamed(),
          root,
          fault -> fault.ifPresentOrElse(f -> end(new Outcome.Failed(f)), then));
    }

    private void settle() {
      keeper.settled(torrent, () -> end(new Outcome.Done()));
    }

    @Override
    public void onFault(Fault fault) {
      failed(fault);
    }

    void failed(Fault fault) {
      running = Optional.empty();
      if (isPaused(fault)) {
        ended.accept(Optional.empty());
      } else if (noted && !(again && fault.kind() == Fault.Kind.ABSENT)) {
        keeper.settled(torrent, () -> end(new Outcome.Failed(fault)));
      } else {
        end(new Outcome.Failed(fault));
      }
    }

    private void end(Outcome outcome) {
      ended.accept(Optional.of(outcome));
    }

    private Storage.DoneHandler done(Runnable then) {
      return new Ended(then, this::failed);
    }

    private Storage.DoneHandler always(Runnable then) {
      return new Ended(then, fault -> then.run());
    }
  }

  /** The end of a plain operation. */
  private record Ended(Runnable then, Consumer<Fault> failed) implements Storage.DoneHandler {
    @Override
    public void onDone() {
      then.run();
    }

    @Override
    public void onFault(Fault fault) {
      failed.accept(fault);
    }
  }
}
