package sluice.client;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.pick.FileSelection;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Storage;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;
import sluice.engine.session.Command;
import sluice.engine.session.Outcome;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.PieceMap;
import sluice.engine.session.QueueMove;
import sluice.engine.session.TorrentFiles;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

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

  /**
   * What its torrent file says; empty as long as that of a magnet is not fetched, and once it is
   * removed. With a state folder it may be read there.
   */
  public Optional<Metainfo> metainfo() {
    return client.metainfo(added);
  }

  /**
   * Gives a magnet what its torrent file says, so that peers are not asked for it. Fails with a
   * {@link ClientException} when the file is another torrent's; without effect when it is known.
   */
  public CompletionStage<Void> metainfo(Metainfo known) {
    return client.command(hashes(), new Command.Metadata(known));
  }

  /** It as of at most 100 ms ago (a second if nothing is exchanged); empty once it is removed. */
  public Optional<TorrentSnapshot> snapshot() {
    return client.snapshot(added);
  }

  /**
   * Its files with what is there of each and what is wanted; computed for this call. Empty once it
   * is removed, and as long as the metadata of a magnet have not come.
   */
  public CompletionStage<Optional<TorrentFiles>> files() {
    return client.files(hashes());
  }

  /** Its connected peers; none while it does not run. */
  public CompletionStage<List<PeerSnapshot>> peers() {
    return client.peers(hashes());
  }

  /**
   * How many have it, as the tracker with the announce address {@code tracker} says; it is not told
   * of us (BEP 48). Of a torrent with two info-hashes each is counted for itself.
   */
  public CompletionStage<ScrapeReply> scrape(String tracker) {
    return client.scrape(tracker, hashes());
  }

  /** Its pieces; empty while it does not run. */
  public CompletionStage<Optional<PieceMap>> pieces() {
    return client.pieces(hashes());
  }

  /** What the state folder says of it; empty without one. Reads a file. */
  public Optional<TorrentRecord> record() {
    return client.torrents.record(hashes());
  }

  /** Calls it {@code name}, in the state folder; its files keep their names. */
  public CompletionStage<Void> name(String name) {
    return client.torrents.name(hashes(), name).thenAccept(done -> {});
  }

  /**
   * Gives it a category, which may be empty, and tags, in the state folder. Fails if there are more
   * than {@link TorrentRecord#MAX_TAGS} or one is longer than {@link
   * TorrentRecord#MAX_LABEL_CHARS}.
   */
  public CompletionStage<Void> label(String category, List<String> tags) {
    return client.torrents.label(hashes(), category, tags).thenAccept(done -> {});
  }

  /** Announces it at once, whatever was agreed with its trackers. */
  public CompletionStage<Void> reannounce() {
    return client.command(hashes(), new Command.Reannounce());
  }

  /**
   * Announces it to these trackers, in tiers (BEP 12), and to no others; with a state folder for
   * good, else until it is stopped. Fails for a magnet whose metadata have not come.
   */
  public CompletionStage<Void> trackers(List<List<String>> tiers) {
    return client.command(hashes(), new Command.Trackers(tiers));
  }

  /** Lets it run; one that could not go on tries again. */
  public CompletionStage<Void> start() {
    return client.command(hashes(), new Command.Start());
  }

  /** Lets it run outside the limits of the queue, until it is started or stopped. */
  public CompletionStage<Void> force() {
    return client.command(hashes(), new Command.Force());
  }

  /** Moves it in the queue; the snapshots of torrents tell their order. */
  public CompletionStage<Void> move(QueueMove move) {
    return client.move(hashes(), move);
  }

  /** Says when it has shared enough, where that differs from the session. */
  public CompletionStage<Void> share(ShareRule rule) {
    return client.share(hashes(), rule);
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
   * Fetches these files, with these priorities; a file that is not wanted stays as far as it is
   * there. A torrent that was complete goes on when more is wanted.
   */
  public CompletionStage<Void> select(FileSelection files) {
    return client.command(hashes(), new Command.Select(files));
  }

  /**
   * Fetches pieces in another order.
   *
   * @param sequential from first to last instead of rarest first
   * @param ends the first and the last piece of each wanted file before all others
   */
  public CompletionStage<Void> order(boolean sequential, boolean ends) {
    return client.command(hashes(), new Command.Order(sequential, ends));
  }

  /**
   * Fetches a piece before what is due later, or not at a time; until the torrent stops. Fails with
   * a {@link ClientException} when it does not run, has no such piece, or too many are due.
   *
   * @param within from this call on
   */
  public CompletionStage<Void> due(int piece, Duration within) {
    return client.command(hashes(), new Command.Due(piece, within));
  }

  /** No piece is due at a time any more. */
  public CompletionStage<Void> nothingDue() {
    return client.command(hashes(), new Command.NothingDue());
  }

  /** Limits its rate, in bytes per second; 0 for no limit. */
  public CompletionStage<Void> limits(long downBytesPerSecond, long upBytesPerSecond) {
    return client.command(hashes(), new Command.Limits(downBytesPerSecond, upBytesPerSecond));
  }

  /**
   * Lets it take part in a class of bandwidth, whose limits and share rule hold for it from then
   * on; in the ordinary class if there is no such.
   */
  public CompletionStage<Void> bandwidthClass(String name) {
    return client.command(hashes(), new Command.Classed(name));
  }

  /** Gives it more or less of what its class of bandwidth has, against others that want some. */
  public CompletionStage<Void> rank(Rank rank) {
    return client.command(hashes(), new Command.Ranked(rank));
  }

  /** Limits each of its peers that has no limit of its own. */
  public CompletionStage<Void> peerRates(PeerRate each) {
    return client.command(hashes(), new Command.PeerRates(each));
  }

  /** Limits one peer until it stops; fails with a {@link ClientException} when it does not run. */
  public CompletionStage<Void> peerRate(Endpoint peer, PeerRate rate) {
    return client.command(hashes(), new Command.OnePeer(peer, rate));
  }

  /** Has at most so many connections; 0 leaves it to the session. Those too many are closed. */
  public CompletionStage<Void> maxPeers(int most) {
    return client.command(hashes(), new Command.MaxPeers(most));
  }

  /** Sends to at most so many peers at a time; 0 leaves it to the session. */
  public CompletionStage<Void> uploadSlots(int slots) {
    return client.command(hashes(), new Command.UploadSlots(slots));
  }

  /**
   * Shows each peer that comes one piece at a time, as the first seed of a swarm, or all that is
   * there (BEP 16). Without effect as long as pieces are missing, and for private torrents.
   */
  public CompletionStage<Void> superSeed(boolean on) {
    return client.command(hashes(), new Command.SuperSeed(on));
  }

  /**
   * Brings its files into {@code folder}; it goes on meanwhile. On the same file system nothing is
   * copied. Fails with a {@link ClientException} when something of others is in the way or there is
   * no room: it goes on at the old place then. After a crash it is brought there at the next start.
   */
  public CompletionStage<Void> move(Path folder) {
    String to = folder.toAbsolutePath().normalize().toString();
    return client.command(hashes(), new Command.Move(to));
  }

  /**
   * Uses the files in {@code folder}, which somebody else brought there, checks them and goes on.
   * Nothing is done to those in the folder before. Fails with a {@link ClientException} when there
   * is no such folder.
   */
  public CompletionStage<Void> find(Path folder) {
    String to = folder.toAbsolutePath().normalize().toString();
    return client.command(hashes(), new Command.Find(to));
  }

  /**
   * Gives a file, by its index in the torrent, another path below the folder. Fails with a {@link
   * ClientException} when there is something, or another file of the torrent has it.
   */
  public CompletionStage<Void> renameFile(int file, List<String> path) {
    return client.command(hashes(), new Command.RenameFile(file, path));
  }

  /** Gives all files whose paths start with {@code from} paths that start with {@code to}. */
  public CompletionStage<Void> renameFolder(List<String> from, List<String> to) {
    return client.command(hashes(), new Command.RenameFolder(from, to));
  }

  /**
   * Forgets it, and deletes its own files and the folders that are empty then. If that fails, with
   * a {@link ClientException}, it stays and what is left of its data is checked.
   */
  public CompletionStage<Void> removeWithData() {
    return client.command(hashes(), new Command.Erase());
  }

  /**
   * Reads one file of it, from its beginning on or from anywhere, while it downloads. The stream is
   * closed by its reader.
   *
   * @param file its place among the files of {@link #metainfo}
   * @throws ClientException when the files are not known, or there is no such file with data
   */
  public FileStream stream(int file) {
    Info info =
        metainfo()
            .orElseThrow(() -> new ClientException("the files of the torrent are not known"))
            .info();
    if (file < 0 || file >= info.files().size() || !info.files().get(file).hasData()) {
      throw new ClientException("there is no file " + file + " with data in " + info.name());
    }
    return new FileStream(this, info.layout(), info.files().get(file));
  }

  /** Gives {@code bytes} what the slice holds as soon as it is verified. */
  CompletableFuture<Outcome> read(Storage.Slice slice, Consumer<ByteBuffer> bytes) {
    return client.read(hashes(), slice, bytes);
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
