package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.ledger.client.ChannelView;
import sluice.ledger.client.HubClient;
import sluice.ledger.client.HubException;
import sluice.ledger.hub.Balance;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.TorrentCreator;

/**
 * A hub of test coins, a private torrent and wallets, each program a process of its own. Private,
 * so that nobody gets anything but from whom it was told of.
 */
final class Bazaar implements AutoCloseable {
  static final long FAUCET = 100_000_000;
  static final int PIECE_BYTES = 1 << 18;
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final String PASSWORD = "of the test";

  /** The least that a keystore may have: nobody guesses here. */
  private static final int COST = 1 << 14;

  private final Path work;
  private final Path password;
  private final Path torrent;
  private int hubPort;
  private RealProcess hub;
  private URI url;

  private Bazaar(Path work, long bytes, Version version, int pieceBytes) {
    this.work = work;
    try {
      password = Files.writeString(work.resolve("password"), PASSWORD + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    torrent = work.resolve("film.torrent");
    try {
      make(Content.file(work.resolve("seed"), "film", bytes, 5), version, pieceBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wallet("hub/hub");
    startHub();
  }

  /** A hub, and a torrent of version 1 of so many bytes. */
  static Bazaar open(Path work, long bytes) {
    return open(work, bytes, Version.V1, PIECE_BYTES);
  }

  /** A hub, and a torrent of this version. */
  static Bazaar open(Path work, long bytes, Version version, int pieceBytes) {
    return new Bazaar(work, bytes, version, pieceBytes);
  }

  private void make(Path content, Version version, int pieceBytes) throws IOException {
    byte[] data = Files.readAllBytes(content);
    MetainfoBuilder made =
        MetainfoBuilder.ofFile("film", data.length)
            .version(version)
            .pieceLength(pieceBytes)
            .isPrivate(true);
    Files.write(
        torrent,
        TorrentCreator.create(
            made, (file, at, to) -> System.arraycopy(data, (int) at, to, 0, to.length)));
  }

  /** Starts the hub, which knows all that an earlier one did, and is where that was. */
  void startHub() {
    hub =
        Sluice.run(
            work,
            List.of(
                "ledger",
                "serve",
                "--test-coins",
                "--state",
                work.resolve("hub").toString(),
                "--listen",
                Integer.toString(hubPort),
                "--password-file",
                password.toString()));
    String line = hub.awaitLine("hub", Patience.STEP, l -> l.startsWith("url "));
    url = URI.create(line.substring("url ".length()));
    hubPort = url.getPort();
  }

  RealProcess hub() {
    return hub;
  }

  Path torrent() {
    return torrent;
  }

  /** A wallet of its own. */
  PayKey wallet(String name) {
    PayKey key = Keystore.newKey();
    Path file = work.resolve(name + ".json");
    try {
      Files.createDirectories(file.getParent());
      Keystore.create(file, key, PASSWORD.toCharArray(), COST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return key;
  }

  /** A connection with the hub. */
  HubClient client() throws IOException, InterruptedException, HubException {
    return HubClient.connect(url);
  }

  /** Ends a program as a user would: it pays and redeems first. */
  static void stop(RealProcess program) {
    ProcessHandle.of(program.pid()).ifPresent(ProcessHandle::destroy);
    program.awaitExit(Patience.STEP);
  }

  /** Gives a member its first coins. */
  void grant(PayKey key) throws IOException, InterruptedException, HubException {
    try (HubClient client = client()) {
      client.member(key).register();
      client.member(key).faucet(COINS, FAUCET);
    }
  }

  Balance balance(PayKey key) throws IOException, InterruptedException, HubException {
    try (HubClient client = client()) {
      return client.member(key).balance(COINS);
    }
  }

  /** The channels that a member pays in, and is paid in. */
  List<ChannelView> channels(PayKey key) throws IOException, InterruptedException, HubException {
    try (HubClient client = client()) {
      return client.member(key).channels();
    }
  }

  /** What makes a program trade with the wallet of this name. */
  List<String> trade(String name) {
    return List.of(
        "--ledger",
        url.toString(),
        "--wallet",
        work.resolve(name + ".json").toString(),
        "--password-file",
        password.toString(),
        "--market-in-private");
  }

  /** What makes a daemon trade with the wallet of this name. */
  String settings(String name) {
    return "[market]\nledger = \"%s\"\nwallet = \"%s\"\npassword-file = \"%s\"\nin-private = true\n"
        .formatted(url, work.resolve(name + ".json"), password);
  }

  /** Starts {@code get} or {@code seed} in a folder of its own. */
  RealProcess start(String command, String folder, List<String> more) {
    List<String> words = new ArrayList<>(List.of(command, torrent.toString()));
    words.addAll(List.of("--dir", work.resolve(folder).toString(), "--json"));
    words.addAll(List.of("--bind", Job.LOOPBACK, "--no-tracker", "--no-dht", "--no-lsd"));
    words.addAll(List.of("--no-utp"));
    words.addAll(more);
    return Sluice.run(work, words);
  }

  /** Where a program can be reached. */
  static String address(RealProcess program) {
    String line = program.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
    return Job.LOOPBACK + ":" + (int) Json.number(line, "port");
  }

  /** Ends the hub, and looks whether its books are right. */
  void audit() {
    hub.close();
    try (Database books = Database.open("jdbc:sqlite:" + work.resolve("hub/ledger.db"))) {
      assertThat(Audit.of(books).findings()).isEmpty();
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
