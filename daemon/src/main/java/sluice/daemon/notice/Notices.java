package sluice.daemon.notice;

import java.lang.System.Logger;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import sluice.client.Web;
import sluice.daemon.config.NoticeSettings;

/** Hands notices on, one after the other, without keeping those waiting who have them. */
public final class Notices implements AutoCloseable {
  /** Notices that may wait; more are dropped. */
  static final int MAX_WAITING = 1_000;

  private static final Logger LOG = System.getLogger(Notices.class.getName());

  private final BlockingQueue<Notice> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final List<Sink> sinks;
  private final Thread thread;

  /** Somebody who is told. */
  interface Sink {
    void take(Notice notice) throws InterruptedException;
  }

  /**
   * To whom {@code settings} name.
   *
   * @param line asks web servers elsewhere
   */
  public Notices(NoticeSettings settings, Web.Line line) {
    this(
        java.util.stream.Stream.<Sink>concat(
                settings.programs().stream().map(ProgramSink::new),
                settings.webhooks().stream().map(hook -> new WebhookSink(hook, line)))
            .toList());
  }

  Notices(List<Sink> sinks) {
    this.sinks = sinks;
    this.thread = Thread.ofVirtual().name("daemon-notices").start(this::run);
  }

  /** Tells everybody, soon. */
  public void tell(Notice notice) {
    if (!sinks.isEmpty() && !waiting.offer(notice)) {
      LOG.log(Logger.Level.WARNING, "too many notices wait; {0} is dropped", notice.event());
    }
  }

  private void run() {
    try {
      while (true) {
        Notice notice = waiting.take();
        for (Sink sink : sinks) {
          sink.take(notice);
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Logger.Level.DEBUG, "the daemon ends", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
