package sluice.tracker.http;

import java.util.function.Consumer;

/** Takes connections that have become WebSockets. Called by loops, so it does not wait. */
@FunctionalInterface
public interface Talks {
  /**
   * A connection has begun.
   *
   * @param path of the URL with its query
   * @param remote address of who it is with, in network order
   * @param say sends a text; any thread
   */
  Talk begin(String path, byte[] remote, Consumer<String> say);

  /** One connection; called by its loop. */
  interface Talk {
    /** A text has come. */
    void hear(String text);

    /** The connection is closed. */
    void end();
  }
}
