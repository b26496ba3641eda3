package sluice.client;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sluice.engine.session.Command;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/** One torrent of a {@link Client}. Any thread may call it. */
public final class TorrentHandle {
  private final Client client;
  private final InfoHashes hashes;

  TorrentHandle(Client client, InfoHashes hashes) {
    this.client = client;
    this.hashes = hashes;
  }

  /** Its identity. */
  public InfoHashes hashes() {
    return hashes;
  }

  /** It as of at most 250 ms ago; empty once it is removed. */
  public Optional<TorrentSnapshot> snapshot() {
    return client.snapshot(hashes);
  }

  /** Lets it run; one that could not go on tries again. */
  public CompletionStage<Void> start() {
    return client.command(hashes, new Command.Start());
  }

  /** Lets it rest; done when its files are closed. */
  public CompletionStage<Void> stop() {
    return client.command(hashes, new Command.Stop());
  }

  /** Checks all its data anew. */
  public CompletionStage<Void> recheck() {
    return client.command(hashes, new Command.Recheck());
  }

  /** Forgets it and leaves its data alone; done when its files are closed. */
  public CompletionStage<Void> remove() {
    return client.command(hashes, new Command.Remove());
  }

  /**
   * Waits until everything that is wanted is verified and written.
   *
   * @throws ClientException when it cannot go on, is removed, or the client is closed
   */
  public void awaitCompletion() throws InterruptedException {
    client.completions().await(hashes);
  }
}
