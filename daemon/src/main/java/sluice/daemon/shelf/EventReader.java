package sluice.daemon.shelf;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import sluice.client.Client;
import sluice.client.EventStream;
import sluice.daemon.notice.Notice;
import sluice.daemon.notice.Notices;
import sluice.engine.session.EngineEvent;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.metainfo.InfoHashes;

/** Reads the client's events and keeps the shelf, the trackers' answers and the log by them. */
public final class EventReader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EventReader.class.getName());
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Shelf shelf;
  private final TrackerBook trackers;
  private final EventLog log;
  private final Notices notices;
  private final Followups followups;
  private final LongSupplier unixMillis;
  private final EventCounts counts = new EventCounts();
  private final EventStream events;
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to read. */
  public EventReader(
      Client client,
      Shelf shelf,
      TrackerBook trackers,
      EventLog log,
      Notices notices,
      Followups followups,
      LongSupplier unixMillis) {
    this.shelf = shelf;
    this.trackers = trackers;
    this.log = log;
    this.notices = notices;
    this.followups = followups;
    this.unixMillis = unixMillis;
    this.events = client.events();
    this.thread = Thread.ofPlatform().name("daemon-events").start(this::run);
  }

  private void run() {
    boolean stale = true;
    try {
      while (!closed) {
        Optional<EngineEvent> event = events.next(PATIENCE);
        if (event.isPresent()) {
          on(event.get());
          stale = true;
        } else if (stale) {
          stale = false;
          shelf.fillFacts();
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Logger.Level.DEBUG, "the daemon ends", e);
    }
  }

  private void on(EngineEvent event) {
    switch (event) {
      case EngineEvent.TrackerAnswered(var torrent, var answer) -> answered(torrent, answer);
      case EngineEvent.TrackerFailed(var torrent, var url, var message) ->
          failed(torrent, url, message);
      case EngineEvent.MetadataReceived(var before, var metainfo, var files) -> {
        shelf.renamed(before, metainfo.info().hashes());
        info(metainfo.info().hashes(), "the metadata came");
        tell("metadata", metainfo.info().hashes(), "");
        followups.metadata(before, metainfo);
      }
      case EngineEvent.Completed(var torrent) -> {
        shelf.touch(torrent);
        info(torrent, "complete");
        tell("completed", torrent, "");
        followups.completed(torrent);
      }
      case EngineEvent.Checked(var torrent, var seconds, var have, var pieces) -> {
        shelf.news(torrent);
        followups.checked(torrent);
      }
      case EngineEvent.Removed(var torrent) -> {
        shelf.news(torrent);
        trackers.forget(torrent);
        followups.removed(torrent);
      }
      case EngineEvent.Faulted(var torrent, var fault) -> {
        shelf.news(torrent);
        log.add(unixMillis.getAsLong(), EventLog.Level.ERROR, name(torrent) + fault.detail());
        tell("faulted", torrent, fault.detail());
      }
      case EngineEvent.SharedEnough(var torrent, var action) -> {
        shelf.news(torrent);
        info(torrent, "shared enough");
        tell("shared", torrent, "");
      }
      case EngineEvent.PiecesLost(var torrent, var pieces) -> {
        counts.lost(pieces);
        warn(torrent, pieces + " pieces are wrong: its files were changed by another program");
      }
      case EngineEvent.PeerBanned(var torrent, var peer, var reason) -> {
        counts.banned();
        warn(torrent, "banned " + peer + ": " + reason);
      }
      case EngineEvent.Updated(var before, var torrent) ->
          log.add(
              unixMillis.getAsLong(),
              EventLog.Level.INFO,
              "a link that is followed leads to " + torrent.hex());
      case EngineEvent.NotListening(var local, var fault) ->
          log.add(
              unixMillis.getAsLong(),
              EventLog.Level.ERROR,
              "cannot listen at " + local + ": " + fault.detail());
      case EngineEvent.Queued(var torrent) -> shelf.news(torrent);
      case EngineEvent.Unqueued(var torrent) -> shelf.news(torrent);
      default -> {}
    }
  }

  private void failed(InfoHashes torrent, String url, String message) {
    counts.announced(url, false);
    trackers.told(torrent, url, TrackerBook.Answer.failed(message, unixMillis.getAsLong()));
    warn(torrent, url + ": " + message);
  }

  private void answered(InfoHashes torrent, TrackerAnswer answer) {
    TrackerBook.Answer told = TrackerBook.Answer.of(answer, unixMillis.getAsLong());
    counts.announced(answer.url(), true);
    trackers.told(torrent, answer.url(), told);
    shelf.renew(torrent);
  }

  /** How often things happened. */
  public EventCounts counts() {
    return counts;
  }

  private void tell(String event, InfoHashes torrent, String detail) {
    shelf
        .find(Item.hash(torrent))
        .ifPresent(item ->
            notices.tell(
                new Notice(
                    event,
                    item.hash(),
                    item.record().name(),
                    item.record().folder().toString(),
                    item.record().category(),
                    detail,
                    unixMillis.getAsLong())));
  }

  private void info(InfoHashes torrent, String text) {
    log.add(unixMillis.getAsLong(), EventLog.Level.INFO, name(torrent) + text);
  }

  private void warn(InfoHashes torrent, String text) {
    log.add(unixMillis.getAsLong(), EventLog.Level.WARNING, name(torrent) + text);
  }

  private String name(InfoHashes torrent) {
    return shelf.find(Item.hash(torrent)).map(item -> item.record().name() + ": ").orElse("");
  }

  @Override
  public void close() {
    closed = true;
    events.close();
    thread.interrupt();
  }
}
