package sluice.cli.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.progress.Progress;
import sluice.cli.progress.Reporter;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * One get or seed from its start to its end. {@link #run} is called by the main thread, {@link
 * #stop} by any; what they share is guarded by the lock of this object.
 */
public final class Transfer {
  /** A download without a peer, and without a tracker that answers, ends after this time. */
  private static final long GIVE_UP_SECONDS = 60;

  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 5;
  private static final int MAX_WAITING_EVENTS = 10_000;

  private final Map<InfoHashes, Task> tasks = new LinkedHashMap<>();
  private final Goal goal;
  private final boolean mustListen;
  private final Reporter reporter;
  private final BlockingQueue<Happening> queue = new ArrayBlockingQueue<>(MAX_WAITING_EVENTS);
  private final AtomicLong lost = new AtomicLong();
  private final List<EngineEvent.NotListening> deaf = new ArrayList<>();
  private boolean listening;
  private boolean stopped;
  private Optional<Session> session = Optional.empty();

  /** {@code mustListen}: the user asked for a port, so that not getting it is an error. */
  public Transfer(List<Item> items, Goal goal, boolean mustListen, Reporter reporter) {
    items.forEach(item -> tasks.put(item.id(), new Task(item)));
    this.goal = goal;
    this.mustListen = mustListen;
    this.reporter = reporter;
  }

  /** Something that waits for the main thread. */
  private sealed interface Happening {
    record Told(EngineEvent event) implements Happening {}

    record NotAdded(InfoHashes torrent, Throwable cause) implements Happening {}
  }

  /** Works until the goal is reached, everything has failed, or {@link #stop} was called. */
  public ExitCode run(Session.Factory factory) throws InterruptedException {
    Session open = factory.open(event -> put(new Happening.Told(event)));
    synchronized (this) {
      session = Optional.of(open);
    }
    try {
      begin(open);
      long tick = System.nanoTime();
      while (!isEnded()) {
        long wait = Math.max(0, tick - System.nanoTime());
        Happening next = queue.poll(wait, TimeUnit.NANOSECONDS);
        if (next != null) {
          handle(next);
        } else {
          watch(open);
          tick = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(reporter.intervalMillis());
        }
      }
    } finally {
      stop();
      open.close();
    }
    return outcome();
  }

  private void put(Happening happening) {
    if (!queue.offer(happening)) {
      lost.incrementAndGet();
    }
  }

  private void begin(Session open) throws InterruptedException {
    try {
      open.start().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw new IllegalStateException("the engine did not start", e.getCause());
    } catch (TimeoutException e) {
      throw new Problem(
          ExitCode.FAILED, "network and state did not start in " + START_SECONDS + " s");
    }
    Set<Task> there = new HashSet<>();
    open.kept().forEach(kept -> goOn(kept).ifPresent(there::add));
    if (tasks.isEmpty()) {
      throw Advice.nothingToDo(open.kept().size());
    }
    for (Happening next = queue.poll(); next != null; next = queue.poll()) {
      handle(next);
    }
    if (!listening && !deaf.isEmpty()) {
      EngineEvent.NotListening first = deaf.getFirst();
      String message = Advice.notListening(first.local().toString(), first.fault());
      if (mustListen) {
        throw new Problem(ExitCode.FAILED, message);
      }
      reporter.warning(message);
    }
    for (Map.Entry<InfoHashes, Task> each : new LinkedHashMap<>(tasks).entrySet()) {
      Task task = each.getValue();
      if (!there.contains(task)) {
        follow(each.getKey(), open.add(task.item));
      } else if (task.isNamed) {
        follow(each.getKey(), open.resume(each.getKey(), task.item));
      }
      if (task.state == Task.State.METADATA) {
        task.activeSinceNanos = System.nanoTime();
        warnIfAlone(task);
      }
    }
  }

  /** The task of a torrent that is kept and runs, or is named so that it is to run. */
  private synchronized Optional<Task> goOn(Session.Kept known) {
    Item kept = known.item();
    Optional<Task> named = tasks.values().stream().filter(t -> t.item.isSame(kept)).findFirst();
    if (named.isEmpty() && !known.runs()) {
      return Optional.empty();
    }
    Item item = named.map(task -> task.item.in(kept.folder())).orElse(kept);
    named.ifPresent(task -> tasks.remove(task.item.id()));
    if (named.filter(task -> !task.item.folder().equals(kept.folder())).isPresent()) {
      reporter.warning(kept.name() + ": goes on in " + kept.folder() + ", where it was begun");
    }
    Task task = new Task(item);
    task.name = kept.name();
    task.isNamed = named.isPresent();
    task.state = kept.lacksMetadata() ? Task.State.METADATA : Task.State.CHECKING;
    tasks.put(kept.id(), task);
    return Optional.of(task);
  }

  private void follow(InfoHashes torrent, CompletionStage<?> adding) {
    adding.whenComplete((done, failure) -> {
      if (failure != null) {
        put(new Happening.NotAdded(torrent, failure));
      }
    });
  }

  private synchronized void handle(Happening happening) {
    if (stopped) {
      return;
    }
    switch (happening) {
      case Happening.Told(EngineEvent event) -> handle(event);
      case Happening.NotAdded(InfoHashes id, Throwable cause) -> {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        task(id).ifPresent(t -> fail(t, Advice.notAdded(t.item, root)));
      }
    }
  }

  private void handle(EngineEvent event) {
    switch (event) {
      case EngineEvent.Listening(var local) -> {
        if (!listening) {
          listening = true;
          reporter.listening(local.port());
        }
      }
      case EngineEvent.NotListening e -> deaf.add(e);
      case EngineEvent.Checked e -> task(e.torrent()).ifPresent(t -> checked(t, e));
      case EngineEvent.Completed(var id) -> task(id).ifPresent(t -> complete(t, false));
      case EngineEvent.PiecesLost(var id, var pieces) ->
          task(id).ifPresent(t -> reporter.warning(Advice.lost(t.name, pieces)));
      case EngineEvent.Faulted(var id, var fault) ->
          task(id).ifPresent(t -> fail(t, Advice.stopped(t.item, fault)));
      case EngineEvent.MetadataReceived(var id, var metainfo, var selection) ->
          task(id).ifPresent(t -> metadata(t, id, metainfo));
      case EngineEvent.Removed e -> {}
      case EngineEvent.Moving e -> {}
      case EngineEvent.Queued e -> {}
      case EngineEvent.Unqueued e -> {}
      case EngineEvent.SharedEnough(var id, var action) -> task(id).ifPresent(this::enough);
      case EngineEvent.ProfileHolds e -> {}
      case EngineEvent.LayersCame e -> {}
      case EngineEvent.Updated(var before, var torrent) -> Task.lead(tasks, before, torrent);
      case EngineEvent.TrackerAnswered(var id, var answer) ->
          task(id).ifPresent(t -> t.trackerAnswered(answer.url()));
      case EngineEvent.TrackerFailed(var id, var url, var message) ->
          task(id)
              .filter(t -> t.trackerFailed(url))
              .ifPresent(t -> reporter.warning(Advice.tracker(url, message)));
      case EngineEvent.WebSeedFailed(var id, var url, var message, var dropped) ->
          reporter.warning(
              "web seed " + url + (dropped ? " is not used any more: " : ": ") + message);
      case EngineEvent.PeerBanned(var id, var peer, var reason) ->
          reporter.warning("peer " + peer + " is banned: " + reason);
    }
  }

  /** The torrent goes by other hashes from here on. */
  private void metadata(Task task, InfoHashes before, Metainfo metainfo) {
    Info info = metainfo.info();
    tasks.remove(before);
    tasks.put(info.hashes(), task);
    task.name = info.name();
    int files = (int) info.files().stream().filter(file -> !file.isPad()).count();
    reporter.metadata(task.hash, task.name, info.layout().dataLength(), files);
    task.state = Task.State.CHECKING;
    if (!goal.download()) {
      Advice.noData(task.item, metainfo).ifPresent(p -> fail(task, p));
    }
    try {
      task.item.picking().of(info);
    } catch (Problem wrongChoice) {
      fail(task, wrongChoice);
      return;
    }
    if (task.isNamed && task.item.hasWishes()) {
      session.ifPresent(s -> follow(info.hashes(), s.resume(info.hashes(), task.item)));
    }
  }

  private void warnIfAlone(Task task) {
    if (!task.item.hasSources()) {
      reporter.warning(Advice.alone(task.item));
    }
  }

  private void checked(Task task, EngineEvent.Checked event) {
    int have = event.have();
    int pieces = event.pieces();
    if (task.state != Task.State.CHECKING) {
      return;
    }
    reporter.checked(task.hash, task.name, event.seconds(), have, pieces);
    task.haveAtCheck = have;
    task.activeSinceNanos = System.nanoTime();
    if (have == pieces) {
      complete(task, true);
    } else if (goal.download()) {
      task.state = Task.State.DOWNLOADING;
      warnIfAlone(task);
    } else if (have == 0) {
      fail(task, Advice.nothingRight(task.name, task.item));
    } else {
      reporter.warning(Advice.someMissing(task.name, pieces - have, pieces));
      seed(task);
    }
  }

  private void complete(Task task, boolean already) {
    if (task.state == Task.State.SEEDING || task.isEnded()) {
      return;
    }
    task.isComplete = true;
    if (goal.download()) {
      reporter.complete(task.hash, task.name, already);
    }
    if (goal.seed()) {
      seed(task);
    } else {
      task.state = Task.State.DONE;
    }
  }

  private void seed(Task task) {
    task.state = Task.State.SEEDING;
    task.activeSinceNanos = System.nanoTime();
    reporter.seeding(task.hash, task.name);
  }

  /** It has been seeded enough, and the session has ended that. */
  private void enough(Task task) {
    complete(task, true);
    task.state = task.isEnded() ? task.state : Task.State.DONE;
  }

  private void fail(Task task, Problem problem) {
    if (!task.isEnded()) {
      task.state = Task.State.FAILED;
      task.failure = Optional.of(problem.exit());
      reporter.error(problem.exit(), String.valueOf(problem.getMessage()));
    }
  }

  /** Looks at all torrents: shows how far they are, and ends those that have reached the goal. */
  private synchronized void watch(Session open) {
    if (stopped) {
      return;
    }
    List<TorrentSnapshot> all = open.snapshot();
    long now = System.nanoTime();
    for (TorrentSnapshot snapshot : all) {
      task(snapshot.torrent()).ifPresent(t -> watch(t, snapshot, now - t.activeSinceNanos));
    }
    if (!isEnded()) {
      report(all);
    }
  }

  private void watch(Task task, TorrentSnapshot snapshot, long activeNanos) {
    task.hasMet |= snapshot.peers() > 0 || snapshot.downloaded() > 0;
    if (task.awaitsCompletion() && isAllThere(snapshot)) {
      // What is wanted was there from the start; no event tells when more than that is missing.
      complete(task, task.haveAtCheck < 0 || snapshot.havePieces() == task.haveAtCheck);
    }
    if (task.state == Task.State.SEEDING && task.isSeeded(goal, snapshot, activeNanos)) {
      task.state = Task.State.DONE;
    }
    if ((task.state == Task.State.DOWNLOADING || task.state == Task.State.METADATA)
        && activeNanos > TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS)
        && !task.hasMet
        && task.isHopeless()) {
      fail(task, Advice.nobody(task.item, GIVE_UP_SECONDS));
    }
  }

  private boolean isAllThere(TorrentSnapshot snapshot) {
    return snapshot.phase() == TorrentSnapshot.Phase.SEEDING
        && (goal.download() || snapshot.havePieces() == snapshot.pieces());
  }

  private void report(List<TorrentSnapshot> all) {
    List<Progress> lines = new ArrayList<>(all.size());
    for (TorrentSnapshot s : all) {
      task(s.torrent())
          .filter(t -> t.state != Task.State.CHECKING)
          .ifPresent(t -> lines.add(t.progress(s)));
    }
    reporter.progress(lines);
  }

  private synchronized boolean isEnded() {
    return stopped || tasks.values().stream().allMatch(Task::isEnded);
  }

  /** Shows the last figures and closes everything, in at most {@value #STOP_SECONDS} seconds. */
  public synchronized void stop() {
    if (stopped || session.isEmpty()) {
      return;
    }
    stopped = true;
    Session open = session.get();
    report(open.snapshot());
    try {
      open.stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      reporter.warning("did not stop cleanly: " + e.getMessage());
    } catch (TimeoutException e) {
      reporter.warning("did not stop in " + STOP_SECONDS + " s and was cut off");
    }
    if (lost.get() > 0) {
      reporter.warning(lost.get() + " events came faster than they could be shown");
    }
    reporter.close();
  }

  private synchronized ExitCode outcome() {
    List<ExitCode> failures = tasks.values().stream().flatMap(t -> t.failure.stream()).toList();
    if (failures.isEmpty()) {
      return tasks.values().stream().allMatch(Task::isEnded) ? ExitCode.OK : ExitCode.UNFINISHED;
    }
    return failures.size() == tasks.size() ? failures.getFirst() : ExitCode.UNFINISHED;
  }

  private Optional<Task> task(InfoHashes id) {
    return Optional.ofNullable(tasks.get(id));
  }
}
