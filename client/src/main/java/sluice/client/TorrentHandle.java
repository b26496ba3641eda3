package sluice.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sluice.engine.session.Command;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;

/** One torrent of a {@link Client}. Any thread may call it. */
public final class TorrentHandle {
  private final Client client;
  private final InfoHashes added;

  TorrentHandle(Client client, InfoHashes added) {
    this.client = client;
    this.added = added;
  }

  /** Its identity. When the metadata of a magnet come it may grow by a second hash. */
  public InfoHashes hashes() {
    return client.current(added);
  }

  /** It as of at most 250 ms ago; empty once it is removed. */
  public Optional<TorrentSnapshot> snapshot() {
    return client.snapshot(added);
  }

  /** Lets it run; one that could not go on tries again. */
  public CompletionStage<Void> start() {
    return client.command(hashes(), new Command.Start());
  }

  /** Lets it rest; done when its files are closed. */
  public CompletionStage<Void> stop() {
    return client.command(hashes(), new Command.Stop());
  }

  /** Checks all its data anew. */
  public CompletionStage<Void> recheck() {
    return client.command(hashes(), new Command.Recheck());
  }

  /**
   * Tells it of peers, from a source of the caller's own; fails with a {@link ClientException} when
   * it does not run.
   */
  public CompletionStage<Void> offer(List<Endpoint> peers) {
    return client.offer(hashes(), peers);
  }

  /** Forgets it and leaves its data alone; done when its files are closed. */
  public CompletionStage<Void> remove() {
    return client.command(hashes(), new Command.Remove());
  }

  /**
   * Done when everything that is wanted is verified and written. A full disk or one that is away is
   * waited for; fails with a {@link ClientException} when the torrent cannot go on by itself, is
   * removed, or the client is closed. It completes on the loop: what follows must not block.
   */
  public CompletionStage<Void> completion() {
    return client.completions().of(hashes()).minimalCompletionStage();
  }

  /**
   * Waits for {@link #completion}.
   *
   * @throws ClientException when that fails
   */
  public void awaitCompletion() throws InterruptedException {
    client.completions().await(hashes());
  }
}
