package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.client.HubClient;
import sluice.ledger.hub.Balance;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;

/**
 * A seeder with a slow uplink that sells, one downloader that pays, and three that do not,
 * libtorrent among them: who pays has all first, the others keep their share, and the books
 * balance. The torrent is private, so that nobody gets anything but from the seeder.
 */
final class PaidIT {
  private static final long BYTES = 4 << 20;
  private static final long FAUCET = 100_000_000;
  private static final long BUDGET = 20_000_000;
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final Pattern SERVED = Pattern.compile("served \\S+ ([0-9]+) of ([0-9]+) bytes");

  @TempDir Path work;
  private Path password;

  @Test
  void whoPaysIsServedFirstAndTheBooksBalance() throws Exception {
    password = Files.writeString(work.resolve("password"), "of the test\n");
    Path content = Content.file(Files.createDirectories(work.resolve("seed")), "film", BYTES, 5);
    Path torrent = work.resolve("film.torrent");
    List<String> create =
        List.of("create", content.toString(), "-o", torrent.toString(), "--private");
    try (RealProcess maker = Sluice.run(work, create)) {
      assertThat(maker.awaitExit(Patience.STEP)).isZero();
    }
    PayKey seller = wallet("seller");
    PayKey payer = wallet("payer");
    String database = "jdbc:sqlite:" + work.resolve("ledger.db");
    LedgerSettings settings =
        LedgerSettings.DEFAULT
            .listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .givingTestCoins();
    try (LedgerService ledger = LedgerService.start(database, Keystore.newKey(), settings)) {
      try (HubClient hub = HubClient.connect(ledger.url())) {
        hub.member(payer).register();
        hub.member(payer).faucet(COINS, FAUCET);
      }
      swarm(ledger, torrent);
      Balance has = ledger.hub().balance(payer.address(), COINS);
      long earned = ledger.hub().balance(seller.address(), COINS).availableMicros();
      assertThat(has.lockedMicros()).isZero();
      assertThat(earned).isPositive().isLessThanOrEqualTo(BUDGET);
      assertThat(FAUCET - has.availableMicros()).as("spent is earned").isEqualTo(earned);
    }
    try (Database books = Database.open(database)) {
      assertThat(Audit.of(books).findings()).isEmpty();
    }
  }

  private PayKey wallet(String name) throws Exception {
    PayKey key = Keystore.newKey();
    Keystore.create(work.resolve(name + ".json"), key, "of the test".toCharArray());
    return key;
  }

  private void swarm(LedgerService ledger, Path torrent) throws Exception {
    List<String> sells = new ArrayList<>(List.of("--up", "512K", "--sell", "--floor", "0.1"));
    sells.addAll(market(ledger, "seller"));
    try (RealProcess seed = start("seed", torrent, work.resolve("seed"), sells)) {
      String listening = seed.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
      String peer = "127.0.0.1:" + (int) Json.number(listening, "port");
      seed.awaitLine("seeding", Patience.STEP, l -> Json.isEvent(l, "seeding"));
      List<String> from = List.of("--peer", peer);
      List<String> pays = new ArrayList<>(from);
      pays.addAll(List.of("--pay", "0.5", "--budget", "20"));
      pays.addAll(market(ledger, "payer"));
      Path data = Files.createDirectory(work.resolve("lt"));
      Job job = Job.of(work, torrent.toString(), data, false).tracker(false).peers(List.of(peer));
      try (RealProcess one = start("get", torrent, work.resolve("free1"), from);
          RealProcess two = start("get", torrent, work.resolve("free2"), from);
          Libtorrent lt = Libtorrent.start(job);
          RealProcess payer = start("get", torrent, work.resolve("payer"), pays)) {
        payer.awaitLine("completion", Patience.STEP, l -> Json.isEvent(l, "complete"));
        assertThat(List.of(one, two, lt.process()))
            .noneMatch(p -> p.output().stream().anyMatch(l -> Json.isEvent(l, "complete")));
        assertThat(payer.awaitExit(Patience.STEP)).as("%s", payer).isZero();
      }
      String served = seed.awaitError("sum", Patience.STEP, l -> SERVED.matcher(l).find());
      Matcher sums = SERVED.matcher(served);
      assertThat(sums.find()).isTrue();
      double paid = Long.parseLong(sums.group(1)) / (double) Long.parseLong(sums.group(2));
      assertThat(1 - paid).as("free share: %s", served).isGreaterThan(0.475);
    }
  }

  private List<String> market(LedgerService ledger, String name) {
    return List.of(
        "--ledger",
        ledger.url().toString(),
        "--wallet",
        work.resolve(name + ".json").toString(),
        "--password-file",
        password.toString(),
        "--market-in-private");
  }

  private RealProcess start(String command, Path torrent, Path folder, List<String> more) {
    List<String> words = new ArrayList<>(List.of(command, torrent.toString()));
    words.addAll(List.of("--dir", folder.toString(), "--json", "--bind", "127.0.0.1"));
    words.addAll(List.of("--port", "0", "--no-tracker", "--no-dht", "--no-lsd", "--no-utp"));
    words.addAll(more);
    return Sluice.run(work, words);
  }
}
