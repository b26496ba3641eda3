package sluice.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Beginning;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * One registered torrent: what is wanted of it, and the run that does it. Whatever happens changes
 * fields and calls {@link #settle}, which takes the one next step from what is to what is wanted.
 * Loop only.
 */
final class Entry {
  private final long number;
  private final Loop loop;
  private final EntryOwner owner;
  private TorrentSpec spec;
  private EntryState state = EntryState.IDLE;

  /** What runs; not null in {@link EntryState#RUNNING} and {@link EntryState#ENDING}. */
  private @Nullable Torrent torrent;

  /** What fetches the metadata; not null in {@link EntryState#FETCHING}. */
  private @Nullable Fetching fetching;

  private final Turn turn;
  private final Standby standby;
  private boolean wanted;
  private boolean again;
  private boolean distrusted;
  private boolean leaving;
  private final Trouble trouble;
  private final Errands errands;
  private TorrentSnapshot snapshot;
  private final List<Runnable> waiting = new ArrayList<>(1);

  /** {@code number} says how many came before. */
  Entry(long number, Loop loop, TorrentSpec spec, EntryOwner owner) {
    this.number = number;
    this.loop = loop;
    this.spec = spec;
    this.owner = owner;
    this.wanted = spec.running();
    this.trouble = new Trouble(loop, this::revive);
    this.turn =
        new Turn(
            number,
            spec.terms(),
            spec.source().known(spec.hashes()).pieces() == 0 && spec.source().fetched().isEmpty());
    this.snapshot = spec.source().known(spec.hashes());
    this.standby = new Standby(this, owner, loop);
    this.errands = new Errands(this, owner, trouble);
  }

  long number() {
    return number;
  }

  InfoHashes hashes() {
    return spec.hashes();
  }

  TorrentSpec spec() {
    return spec;
  }

  /** What runs. */
  Optional<Torrent> torrent() {
    return state == EntryState.RUNNING ? Optional.ofNullable(torrent) : Optional.empty();
  }

  /** What fetches its metadata. */
  Optional<Fetching> fetching() {
    return state == EntryState.FETCHING ? Optional.ofNullable(fetching) : Optional.empty();
  }

  /** Whether nothing is open because nobody wants it. */
  boolean isWaiting() {
    return state == EntryState.WAITING;
  }

  /**
   * Whether it will run as soon as it is open, which it is once {@link Standby#wake} was called.
   */
  boolean isComing() {
    return isWaiting() || isLined() || state == EntryState.OPENING;
  }

  /** Whether it waits until fewer are being opened. */
  boolean isLined() {
    return state == EntryState.LINED;
  }

  /** Whether it is being opened, or its data are being looked at. */
  boolean isStarting() {
    return state == EntryState.OPENING
        || torrent().filter(t -> t.phase() instanceof Phase.Checking).isPresent();
  }

  /** What it is while it need not be open. */
  Standby standby() {
    return standby;
  }

  /** Its turn to run. */
  Turn turn() {
    return turn;
  }

  /** It as it was shown last. */
  TorrentSnapshot last() {
    return snapshot;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Whether it runs, or does not only because it is not its turn. */
  boolean isQueueing() {
    return wanted && !leaving && fault().isEmpty() && !isWaiting();
  }

  /** Whether it may stand closed. */
  boolean isClosable() {
    return state == EntryState.IDLE && wanted && standby.isClosable() && !isDoubtful();
  }

  /** Whether nothing that is remembered of its data counts. */
  boolean isDistrusted() {
    return distrusted;
  }

  private boolean isDoubtful() {
    return distrusted || fault().isPresent();
  }

  /** Nobody wants it: closes it until somebody does, if that may be. */
  boolean sleep() {
    boolean may =
        state == EntryState.RUNNING && standby.isClosable() && mayRun() && !errands.isPending();
    if (may) {
      state = EntryState.ENDING;
      Torrent ending = Objects.requireNonNull(torrent);
      standby.begin(ending, () -> ended(ending));
    }
    return may;
  }

  /** Why it does not run although it is wanted. */
  Optional<Fault> fault() {
    return trouble.fault();
  }

  /** Whether it is being removed. */
  boolean isLeaving() {
    return leaving;
  }

  /** Replaces the torrent that could not go on by the same one from another place. */
  void replace(TorrentSpec other) {
    spec = other;
    start();
  }

  /** Changes how it is to be run; what runs is told by the caller. */
  void adjust(UnaryOperator<TorrentSpec> change) {
    spec = change.apply(spec);
  }

  /** Lets it run. */
  void start() {
    wanted = true;
    trouble.forget();
    settle();
  }

  /** Lets it rest; {@code done} runs once its files are closed. */
  void stop(Runnable done) {
    wanted = false;
    waiting.add(done);
    settle();
  }

  /** Checks all data at the next start, which comes at once if it runs. */
  void recheck() {
    distrusted = true;
    turn.distrust();
    again = state != EntryState.IDLE;
    trouble.forget();
    settle();
  }

  /** Lets it go for good; {@code done} runs once its files are closed. */
  void leave(Runnable done) {
    leaving = true;
    stop(done);
  }

  /** What is done to its files. */
  Errands errands() {
    return errands;
  }

  /** The run could not go on. */
  void faulted(Fault cause) {
    trouble.become(cause);
    settle();
    owner.tell(new EngineEvent.Faulted(hashes(), cause));
    trouble.lookLater();
  }

  private void revive() {
    boolean tries = wanted || errands.isWaiting();
    if (tries && state == EntryState.IDLE && trouble.tryAgain()) {
      settle();
    }
  }

  /**
   * The metadata are there: goes on with the torrent, which is {@code known}.
   *
   * @param tell runs before the torrent does anything
   */
  void fetched(
      TorrentSpec known, Runnable tell, Metainfo metainfo, Storage storage, Beginning beginning) {
    spec = known;
    fetchEnded();
    tell.run();
    run(metainfo, storage, Optional.empty(), Optional.of(beginning));
  }

  /** The metadata cannot be had. */
  void failed(Fault cause) {
    fetchEnded();
    endedWith(cause);
  }

  /** Nothing is open. */
  void idle() {
    state = EntryState.IDLE;
    settle();
  }

  /** Nothing is open, because of {@code cause}. */
  void endedWith(Fault cause) {
    state = EntryState.IDLE;
    faulted(cause);
  }

  private void fetchEnded() {
    owner.onFetchEnded(Objects.requireNonNull(fetching));
    fetching = null;
  }

  /** Goes on with what was opened. */
  void run(
      Metainfo metainfo, Storage storage, Optional<Resume> resume, Optional<Beginning> beginning) {
    distrusted = false;
    Torrent run = owner.run(this, metainfo, storage, beginning);
    torrent = run;
    errands.onRun(run, storage);
    state = EntryState.RUNNING;
    run.start(standby.reopen(resume));
    standby.bring(run);
    settle();
  }

  /** It as of this moment. */
  TorrentSnapshot snapshot(long now) {
    if (state == EntryState.FETCHING && fetching != null) {
      snapshot = fetching.snapshot().at(turn.place());
      return snapshot;
    }
    snapshot =
        torrent == null
            ? snapshot.resting(
                fault(), wanted ? state : EntryState.IDLE, isQueueing() && !turn.isAllowed())
            : TorrentSnapshot.of(torrent, now);
    snapshot = snapshot.at(turn.place());
    return snapshot;
  }

  /** Whether nothing is in the way of a run. */
  boolean mayRun() {
    return wanted && turn.isAllowed() && trouble.isNone() && !again;
  }

  /** Something about the run is to be shown at once. */
  void changed() {
    owner.onChanged(this);
  }

  /** Takes the next step from what is to what is wanted. */
  void settle() {
    switch (state) {
      case IDLE -> rest();
      case RUNNING -> {
        if (errands.lets(mayRun())) {
          end();
        }
      }
      case FETCHING -> {
        if (!mayRun()) {
          endFetch();
        }
      }
      case WAITING, LINED -> {
        if (!mayRun() || errands.isPending()) {
          state = EntryState.IDLE;
          rest();
        }
      }
      case OPENING, ENDING, BUSY, GONE -> {}
    }
    if (state != EntryState.GONE) {
      owner.onChanged(this);
    }
  }

  private void rest() {
    again = false;
    if (!leaving && errands.isPending()) {
      state = EntryState.BUSY;
      errands.open();
      return;
    }
    List<Runnable> told = List.copyOf(waiting);
    waiting.clear();
    if (leaving) {
      state = EntryState.GONE;
      owner.onGone(this);
      errands.giveUp();
      standby.leave(() -> {});
    } else if (mayRun()) {
      open();
    } else {
      standby.rest();
    }
    told.forEach(Runnable::run);
  }

  private void open() {
    Optional<MagnetSource> magnet = spec.source().fetched();
    if (standby.isClosable() && !standby.isCalled() && !isDoubtful()) {
      state = EntryState.WAITING;
      standby.close();
      owner.openings().waits(this);
    } else if (magnet.isPresent()) {
      Fetching starting = owner.fetch(this, magnet.get());
      fetching = starting;
      state = EntryState.FETCHING;
      starting.start();
    } else if (!owner.openings().enter(this)) {
      state = EntryState.LINED;
    } else {
      state = EntryState.OPENING;
      new Opening(this, owner, trouble).start();
    }
  }

  private void endFetch() {
    Fetching ending = Objects.requireNonNull(fetching);
    fetchEnded();
    state = EntryState.ENDING;
    ending.stop(this::idle);
  }

  private void end() {
    state = EntryState.ENDING;
    Torrent ending = Objects.requireNonNull(torrent);
    ending.stop(() -> ended(ending));
  }

  private void ended(Torrent run) {
    snapshot = TorrentSnapshot.of(run, loop.now());
    owner.onEnded(run);
    torrent = null;
    errands.endRun();
    idle();
  }
}
