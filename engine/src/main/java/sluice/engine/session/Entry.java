package sluice.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Beginning;
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
  private final Owner owner;
  private TorrentSpec spec;
  private State state = State.IDLE;

  /** What runs; not null in {@link State#RUNNING} and {@link State#ENDING}. */
  private @Nullable Torrent torrent;

  /** What fetches the metadata; not null in {@link State#FETCHING}. */
  private @Nullable Fetching fetching;

  private boolean wanted;
  private boolean again;
  private boolean distrusted;
  private boolean reviving;
  private boolean leaving;
  private Optional<Fault> fault = Optional.empty();
  private TorrentSnapshot snapshot;
  private final List<Runnable> waiting = new ArrayList<>(1);

  /** Where it is on its way. */
  private enum State {
    /** Nothing runs and no file is open. */
    IDLE,
    /** Its metadata are being fetched. */
    FETCHING,
    /** Its source was asked. */
    OPENING,
    RUNNING,
    /** The run says goodbye and closes its files. */
    ENDING,
    /** Removed. */
    GONE
  }

  /** What an entry needs of the session. */
  interface Owner {
    /** Tells, at once or later, what is remembered of the entry's data. */
    void recall(Entry entry, Consumer<Optional<Resume>> told);

    /** Makes a run of {@code entry}; it is started by the entry. */
    Torrent run(Entry entry, Metainfo metainfo, Storage storage, Optional<Beginning> beginning);

    /** Makes what fetches the metadata of {@code entry}; it is started by the entry. */
    Fetching fetch(Entry entry, MagnetSource source);

    /**
     * The metadata of {@code entry} are there. False if it is another torrent that is there.
     *
     * @param spec the entry as it is to be from here on
     */
    boolean onFetched(Entry entry, TorrentSpec spec);

    /** It fetches no longer. */
    void onFetchEnded(Fetching fetching);

    /** The run has closed its files. */
    void onEnded(Torrent torrent);

    /** It cannot go on. */
    void onFaulted(Entry entry, Fault fault);

    /** What people see of it has changed. */
    void onChanged(Entry entry);

    /** It left. */
    void onGone(Entry entry);
  }

  /** {@code number} says how many came before. */
  Entry(long number, Loop loop, TorrentSpec spec, Owner owner) {
    this.number = number;
    this.loop = loop;
    this.spec = spec;
    this.owner = owner;
    this.wanted = spec.running();
    this.snapshot = TorrentSnapshot.idle(spec.hashes());
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

  /** Does what was asked for at first. */
  void begin() {
    settle();
  }

  /** What runs. */
  Optional<Torrent> torrent() {
    return state == State.RUNNING ? Optional.ofNullable(torrent) : Optional.empty();
  }

  /** What fetches its metadata. */
  Optional<Fetching> fetching() {
    return state == State.FETCHING ? Optional.ofNullable(fetching) : Optional.empty();
  }

  /** Whoever takes the peers that connect, if anybody does. */
  Optional<Door.Host> host() {
    return torrent().<Door.Host>map(t -> t::accept).or(() -> fetching().map(f -> f::accept));
  }

  /** Why it does not run although it is wanted. */
  Optional<Fault> fault() {
    return fault;
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

  /** Lets it run. */
  void start() {
    wanted = true;
    fault = Optional.empty();
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
    again = state != State.IDLE;
    fault = Optional.empty();
    settle();
  }

  /** Lets it go for good; {@code done} runs once its files are closed. */
  void leave(Runnable done) {
    leaving = true;
    stop(done);
  }

  /** The run could not go on. */
  void faulted(Fault cause) {
    fault = Optional.of(cause);
    settle();
    owner.onFaulted(this, cause);
    reviveLater();
  }

  private void reviveLater() {
    fault.filter(Fault::mayPass).ifPresent(f -> loop.after(Revival.INTERVAL_NANOS, this::revive));
  }

  private void revive() {
    if (wanted && fault.filter(Fault::mayPass).isPresent() && state == State.IDLE) {
      reviving = true;
      settle();
    }
  }

  /**
   * The metadata are there: goes on with the torrent.
   *
   * @param tell runs before the torrent does anything
   */
  void fetched(Metainfo metainfo, MagnetSource source, Beginning beginning, Runnable tell) {
    TorrentSpec known = spec.with(metainfo.info().hashes(), source.of(metainfo));
    if (!owner.onFetched(this, known)) {
      beginning.discard();
      failed(
          new Fault(
              Fault.Kind.ADDRESS, "another torrent that is there shares one of its two hashes"));
      return;
    }
    spec = known;
    fetchEnded();
    tell.run();
    run(metainfo, source.storage().apply(metainfo), Optional.empty(), Optional.of(beginning));
  }

  /** The metadata cannot be had. */
  void failed(Fault cause) {
    fetchEnded();
    state = State.IDLE;
    faulted(cause);
  }

  private void fetchEnded() {
    owner.onFetchEnded(Objects.requireNonNull(fetching));
    fetching = null;
  }

  private void run(
      Metainfo metainfo, Storage storage, Optional<Resume> resume, Optional<Beginning> beginning) {
    distrusted = false;
    Torrent run = owner.run(this, metainfo, storage, beginning);
    torrent = run;
    state = State.RUNNING;
    run.start(resume);
    owner.onChanged(this);
  }

  /** It as of this moment. */
  TorrentSnapshot snapshot(long now) {
    if (state == State.FETCHING && fetching != null) {
      snapshot = fetching.snapshot();
      return snapshot;
    }
    snapshot = torrent == null ? snapshot.resting(fault) : TorrentSnapshot.of(torrent, now);
    return snapshot;
  }

  private boolean mayRun() {
    return wanted && (fault.isEmpty() || reviving) && !again;
  }

  /** Something about the run is to be shown at once. */
  void changed() {
    owner.onChanged(this);
  }

  /** Takes the next step from what is to what is wanted. */
  private void settle() {
    switch (state) {
      case IDLE -> rest();
      case RUNNING -> {
        if (!mayRun()) {
          end();
        }
      }
      case FETCHING -> {
        if (!mayRun()) {
          endFetch();
        }
      }
      case OPENING, ENDING, GONE -> {}
    }
    if (state != State.GONE) {
      owner.onChanged(this);
    }
  }

  private void rest() {
    again = false;
    List<Runnable> told = List.copyOf(waiting);
    waiting.clear();
    if (leaving) {
      state = State.GONE;
      owner.onGone(this);
    } else if (mayRun()) {
      open();
    }
    told.forEach(Runnable::run);
  }

  private void open() {
    Optional<MagnetSource> magnet = spec.source().fetched();
    if (magnet.isPresent()) {
      Fetching starting = owner.fetch(this, magnet.get());
      fetching = starting;
      state = State.FETCHING;
      starting.start();
    } else {
      state = State.OPENING;
      spec.source().open(new Opened(spec));
    }
  }

  private void endFetch() {
    Fetching ending = Objects.requireNonNull(fetching);
    fetchEnded();
    state = State.ENDING;
    ending.stop(() -> {
      state = State.IDLE;
      settle();
    });
  }

  private void end() {
    state = State.ENDING;
    Torrent ending = Objects.requireNonNull(torrent);
    ending.stop(() -> {
      snapshot = TorrentSnapshot.of(ending, loop.now());
      owner.onEnded(ending);
      torrent = null;
      state = State.IDLE;
      settle();
    });
  }

  /** What the source brings. */
  private final class Opened implements TorrentSource.Handler {
    private final TorrentSpec asked;

    Opened(TorrentSpec asked) {
      this.asked = asked;
    }

    @Override
    public void onOpened(Metainfo metainfo, Storage storage) {
      owner.recall(
          Entry.this, known -> recalled(metainfo, storage, distrusted ? distrust(known) : known));
    }

    private void recalled(Metainfo metainfo, Storage storage, Optional<Resume> resume) {
      if (!mayRun() || !asked.equals(spec)) {
        reviving = false;
        storage.close(new Unused());
      } else if (fault.isPresent()) {
        storage.probe(
            new Revival(
                fault.get(),
                metainfo.info().layout(),
                resume,
                passed -> revived(metainfo, storage, resume, passed)));
      } else {
        run(metainfo, storage, resume, Optional.empty());
      }
    }

    private void revived(
        Metainfo metainfo, Storage storage, Optional<Resume> resume, boolean passed) {
      reviving = false;
      if (passed) {
        fault = Optional.empty();
      }
      recalled(metainfo, storage, resume);
      if (!passed) {
        reviveLater();
      }
    }

    @Override
    public void onFault(Fault cause) {
      state = State.IDLE;
      faulted(cause);
    }
  }

  private static Optional<Resume> distrust(Optional<Resume> known) {
    return known.map(Resume::distrusted);
  }

  /** The end of a storage that was opened in vain. */
  private final class Unused implements Storage.DoneHandler {
    @Override
    public void onDone() {
      state = State.IDLE;
      settle();
    }

    @Override
    public void onFault(Fault cause) {
      state = State.IDLE;
      faulted(cause);
    }
  }
}
