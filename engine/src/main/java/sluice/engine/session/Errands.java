package sluice.engine.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.Metainfo;

/**
 * The changes of one entry's files, one after the other: on the storage of its run or, when nothing
 * runs, on one that is opened for it. Loop only.
 */
final class Errands {
  /** Most that wait. */
  static final int MAX_WAITING = 16;

  private final Entry entry;
  private final EntryOwner owner;
  private final Trouble trouble;

  /** The first one is done if {@link #busy}. */
  private final Deque<Errand> waiting = new ArrayDeque<>(1);

  private boolean busy;

  /** What runs, and its storage. */
  private Optional<Run> run = Optional.empty();

  /** Whether the first one waits for the folder to be there again. */
  private boolean deferred;

  Errands(Entry entry, EntryOwner owner, Trouble trouble) {
    this.entry = entry;
    this.owner = owner;
    this.trouble = trouble;
    entry
        .spec()
        .source()
        .unfinished()
        .ifPresent(change -> waiting.add(new Errand(change, true, outcome -> {})));
  }

  /** Has {@code change} done in its turn. */
  void add(Command.Files change, Consumer<Outcome> told) {
    if (waiting.size() >= MAX_WAITING) {
      told.accept(new Outcome.Refused("too many changes of its files are waiting"));
    } else if (isWaiting()) {
      told.accept(new Outcome.Failed(trouble.fault().orElseThrow()));
    } else if (change instanceof Command.Erase) {
      rest(change, told);
    } else if (entry.spec().source().fetched().isPresent()) {
      told.accept(new Outcome.Refused("its metadata have not come yet"));
    } else if (change instanceof Command.Find) {
      rest(change, told);
    } else {
      waiting.add(new Errand(change, false, told));
      entry.settle();
    }
  }

  /** The torrent rests; if it is still there afterwards its files are checked, and it goes on. */
  private void rest(Command.Files change, Consumer<Outcome> told) {
    boolean wanted = entry.isWanted();
    Consumer<Outcome> ended =
        outcome -> {
          boolean tried = !entry.isLeaving() && !isGivenUp(outcome);
          if (tried && !(outcome instanceof Outcome.Refused)) {
            entry.recheck();
          }
          if (tried && wanted) {
            entry.start();
          }
          told.accept(outcome);
        };
    waiting.add(new Errand(change, false, ended));
    entry.stop(() -> {});
  }

  private static boolean isGivenUp(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Fault fault) && fault.kind() == Fault.Kind.CANCELLED;
  }

  /** Whether the first one waits for what is in its way to pass. */
  boolean isWaiting() {
    return deferred && !trouble.isNone();
  }

  /** Whether one is to be done, and can be. */
  boolean isPending() {
    return !busy && !waiting.isEmpty() && !isWaiting();
  }

  /** Goes on beside a run that {@code mayRun}; else gives up its storage: true if it may end. */
  boolean lets(boolean mayRun) {
    if (busy && !mayRun) {
      waiting.getFirst().interrupt();
    } else if (mayRun && isPending()) {
      next();
    }
    return !busy && !mayRun;
  }

  /** Ends what is being done as soon as possible, and does no more. */
  void giveUp() {
    if (busy) {
      waiting.getFirst().giveUp();
    }
    while (waiting.size() > (busy ? 1 : 0)) {
      waiting
          .removeLast()
          .tell(new Outcome.Failed(new Fault(Fault.Kind.CANCELLED, "it was given up")));
    }
  }

  /** From here on {@code torrent} runs, on {@code storage}. */
  void onRun(Torrent torrent, Storage storage) {
    run = Optional.of(new Run(torrent, storage));
  }

  /** The paths of the files of the run that differ from those of the torrent. */
  Map<Integer, List<String>> renamed() {
    return run.map(r -> r.storage().renamed()).orElseGet(TreeMap::new);
  }

  /** Nothing runs. */
  void endRun() {
    run = Optional.empty();
  }

  /** Does the next one on the storage of the run. */
  private void next() {
    Errand errand = begin();
    Run on = run.orElseThrow();
    errand.run(
        owner.keeper(),
        entry.hashes(),
        on.storage(),
        owner::tell,
        outcome -> {
          on.torrent().relocated();
          noted(on.torrent().metainfo(), on.storage(), outcome);
          end(errand, outcome, entry::settle);
        });
  }

  /** Does the next one while nothing runs; the entry is idle then. */
  void open() {
    Errand errand = begin();
    TorrentSource source = entry.spec().source();
    if (source.fetched().isPresent()) {
      ended(errand, Optional.of(new Outcome.Done()));
    } else if (errand.isAgain()) {
      source.openUnfinished(new Opened(errand));
    } else {
      source.open(new Opened(errand));
    }
  }

  private Errand begin() {
    busy = true;
    deferred = false;
    return waiting.getFirst();
  }

  /** Other torrents are to know where the files are. */
  private void noted(Metainfo metainfo, Storage storage, Optional<Outcome> outcome) {
    if (outcome.filter(Outcome.Done.class::isInstance).isPresent()) {
      owner.exchange().places(metainfo, storage.paths(), others -> {});
    }
  }

  private void ended(Errand errand, Optional<Outcome> outcome) {
    if (errand.isAgain()
        && outcome.orElse(null) instanceof Outcome.Failed(Fault fault)
        && fault.kind() == Fault.Kind.ABSENT) {
      defer(fault);
    } else if (errand.change() instanceof Command.Erase
        && outcome.filter(Outcome.Done.class::isInstance).isPresent()) {
      owner.keeper().erased(entry.hashes(), () -> end(errand, outcome, this::leave));
    } else {
      end(errand, outcome, entry::idle);
    }
  }

  /** It is done again when the folder is there again. */
  private void defer(Fault absent) {
    busy = false;
    deferred = true;
    while (waiting.size() > 1) {
      waiting.removeLast().tell(new Outcome.Failed(absent));
    }
    if (trouble.fault().isPresent()) {
      trouble.looked(false);
      entry.idle();
    } else {
      entry.endedWith(absent);
    }
  }

  private void leave() {
    entry.leave(() -> {});
    entry.idle();
  }

  private void end(Errand errand, Optional<Outcome> outcome, Runnable then) {
    busy = false;
    if (outcome.isPresent()) {
      waiting.removeFirst();
      if (errand.isAgain()) {
        trouble.forget();
      }
    }
    then.run();
    outcome.ifPresent(errand::tell);
  }

  /** The storage that is opened for one of them. */
  private final class Opened implements TorrentSource.Handler {
    private final Errand errand;

    Opened(Errand errand) {
      this.errand = errand;
    }

    @Override
    public void onOpened(Metainfo metainfo, Storage storage) {
      if (errand.change() instanceof Command.Erase && !errand.isAgain()) {
        owner
            .exchange()
            .places(
                metainfo,
                storage.paths(),
                others ->
                    others.values().stream()
                        .findFirst()
                        .ifPresentOrElse(
                            why -> close(storage, Optional.of(new Outcome.Refused(why))),
                            () -> run(metainfo, storage)));
      } else {
        run(metainfo, storage);
      }
    }

    private void run(Metainfo metainfo, Storage storage) {
      errand.run(
          owner.keeper(),
          entry.hashes(),
          storage,
          owner::tell,
          outcome -> {
            if (!(errand.change() instanceof Command.Erase)) {
              noted(metainfo, storage, outcome);
            }
            close(storage, outcome);
          });
    }

    private void close(Storage storage, Optional<Outcome> outcome) {
      storage.close(new Closed(() -> ended(errand, outcome)));
    }

    @Override
    public void onFault(Fault fault) {
      ended(errand, Optional.of(new Outcome.Failed(fault)));
    }
  }

  /** A run and its storage. */
  private record Run(Torrent torrent, Storage storage) {}

  /** Goes on when the storage is closed; what was forced before does not depend on it. */
  private record Closed(Runnable then) implements Storage.DoneHandler {
    @Override
    public void onDone() {
      then.run();
    }

    @Override
    public void onFault(Fault fault) {
      then.run();
    }
  }
}
