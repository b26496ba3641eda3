package sluice.cli.source;

import java.net.URI;

/** Gets small files from the web. */
public interface Fetcher {
  /**
   * The body of the answer to a GET; waits for it.
   *
   * @throws sluice.cli.Problem if there is no good answer
   */
  byte[] fetch(URI uri, int maxBytes) throws InterruptedException;
}
