package sluice.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import sluice.cli.market.MarketPlan;
import sluice.cli.market.MarketTrading;
import sluice.cli.purse.Coins;
import sluice.cli.wiring.Trading;
import sluice.ledger.client.HubException;
import sluice.ledger.hub.Balance;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.TorrentCreator;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;

/**
 * The bandwidth market in one process, on loopback: who pays gets the slot that is sold, the others
 * share the free one, and at the end the books are balanced.
 */
public final class Demo {
  private static final int OTHERS = 3;
  private static final int SLOTS = 4;
  private static final long LEECH_BYTES_PER_SECOND = 32 << 10;
  private static final long COIN = 1_000_000;
  private static final long DEPOSIT = 100 * COIN;
  private static final long PRICE = COIN / 2;
  private static final long FLOOR = COIN / 10;
  private static final long BUDGET = 20 * COIN;
  private static final int PATIENCE_SECONDS = 240;
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final int mebibytes;
  private final long upBytesPerSecond;
  private final PayKey sellerKey = Keystore.newKey();
  private final PayKey payerKey = Keystore.newKey();
  private String asset = "";

  /** A demonstration with so much data, of a seller with such an uplink. */
  public Demo(PrintStream out, int mebibytes, long upBytesPerSecond) {
    this.out = out;
    this.mebibytes = mebibytes;
    this.upBytesPerSecond = upBytesPerSecond;
  }

  /** Runs it; true if the books are right. */
  public boolean run() throws IOException, InterruptedException, HubException {
    Path folder = Files.createTempDirectory("sluice-demo");
    try {
      return run(folder);
    } finally {
      delete(folder);
    }
  }

  private boolean run(Path folder) throws IOException, InterruptedException, HubException {
    String database = "jdbc:sqlite:" + folder.resolve("ledger.db");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    LedgerSettings settings = LedgerSettings.DEFAULT.listening(any);
    boolean fair;
    try (Tracker tracker =
            Tracker.start(TrackerSettings.DEFAULT.listening(List.of(), List.of(any)));
        DemoChain chain = DemoChain.start(out);
        LedgerService ledger =
            LedgerService.start(database, Keystore.newKey(), settings, Optional.of(chain.plan()))) {
      asset = chain.asset();
      String announce =
          "http://127.0.0.1:" + tracker.httpAddresses().getFirst().getPort() + "/announce";
      out.println("tracker at " + announce);
      out.println("ledger at " + ledger.url() + ", on a chain of its own");
      byte[] file = torrent(folder, announce);
      boolean came = chain.deposit(ledger.hub(), payerKey, DEPOSIT);
      if (came) {
        boolean first = swarm(folder, ledger, file);
        out.println(first ? "the payer had it first" : "SOMEBODY ELSE HAD IT BEFORE THE PAYER");
      }
      fair = came && balanced(ledger) && chain.withdraw(ledger.hub(), sellerKey);
    }
    try (Database books = Database.open(database)) {
      Audit audit = Audit.of(books);
      audit.findings().forEach(finding -> out.println("audit: " + finding));
      out.println(
          "audit: " + audit.entries() + " entries, " + audit.findings().size() + " findings");
      fair &= audit.findings().isEmpty();
    }
    out.println(fair ? "the books balance" : "SOMETHING IS WRONG");
    return fair;
  }

  private byte[] torrent(Path folder, String announce) throws IOException {
    byte[] content = new byte[mebibytes << 20];
    new SplittableRandom(mebibytes).nextBytes(content);
    Files.createDirectory(folder.resolve("seller"));
    Files.write(folder.resolve("seller").resolve("film.bin"), content);
    return TorrentCreator.create(
        MetainfoBuilder.ofFile("film.bin", content.length)
            .pieceLength(1 << 18)
            .trackers(List.of(List.of(announce))),
        (f, offset, target) -> System.arraycopy(content, (int) offset, target, 0, target.length));
  }

  private MarketTrading trading(
      LedgerService ledger, PayKey key, Path journal, Optional<Long> floor)
      throws IOException, InterruptedException {
    MarketPlan plan =
        new MarketPlan(
            ledger.url(),
            journal,
            Optional.empty(),
            Optional.of(asset),
            floor.isPresent()
                ? Optional.empty()
                : Optional.of(new MarketPlan.Purchase(PRICE, BUDGET)),
            floor.map(MarketPlan.Sale::at),
            false);
    PrintStream told =
        floor.isPresent()
            ? out
            : new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return MarketTrading.open(plan, key, journal, told);
  }

  private boolean swarm(Path folder, LedgerService ledger, byte[] file)
      throws IOException, InterruptedException, HubException {
    MarketTrading sells =
        trading(ledger, sellerKey, folder.resolve("seller.db"), Optional.of(FLOOR));
    MarketTrading pays = trading(ledger, payerKey, folder.resolve("payer.db"), Optional.empty());
    out.println(
        "a seeder with "
            + (upBytesPerSecond >> 10)
            + " KiB/s sells half of its bandwidth for at"
            + " least "
            + Coins.text(FLOOR)
            + " coins a MiB; one of four downloaders pays up to "
            + Coins.text(PRICE)
            + ". The file has "
            + mebibytes
            + " MiB.");
    // The seller comes last: so nobody has had any of it before the others were there.
    List<DemoPeer> leeches = new ArrayList<>();
    Path own = Files.createDirectory(folder.resolve("payer"));
    leeches.add(DemoPeer.start("payer", pays, LEECH_BYTES_PER_SECOND, SLOTS, file, own));
    for (int i = 1; i <= OTHERS; i++) {
      Path other = Files.createDirectory(folder.resolve("free" + i));
      leeches.add(
          DemoPeer.start("free " + i, Trading.NONE, LEECH_BYTES_PER_SECOND, SLOTS, file, other));
    }
    DemoPeer seller =
        DemoPeer.start("seller", sells, upBytesPerSecond, SLOTS, file, folder.resolve("seller"));
    boolean first = watch(seller, leeches, pays, sells);
    leeches.forEach(DemoPeer::close);
    seller.close();
    pays.end();
    sells.end();
    return first;
  }

  /** Shows who gets what until the payer has all; whether nobody else had it before. */
  private boolean watch(
      DemoPeer seller, List<DemoPeer> leeches, MarketTrading pays, MarketTrading sells)
      throws InterruptedException {
    long begin = System.nanoTime();
    DemoPeer payer = leeches.getFirst();
    while (true) {
      double seconds = (System.nanoTime() - begin) / NANOS;
      StringBuilder line = new StringBuilder(String.format("%3.0f s", seconds));
      for (DemoPeer leech : leeches) {
        line.append(String.format("  %s %3d %%", leech.name(), leech.percent(seconds)));
      }
      line.append(String.format("  sent %5.1f MiB", seller.uploaded() / (double) (1 << 20)));
      line.append("  paid ").append(Coins.text(pays.sums().paidMicros()));
      line.append("  earned ").append(Coins.text(sells.sums().earnedMicros()));
      out.println(line);
      boolean others =
          leeches.stream().anyMatch(leech -> leech != payer && leech.doneSeconds() >= 0);
      if (payer.doneSeconds() >= 0) {
        return !others;
      } else if (seconds > PATIENCE_SECONDS) {
        out.println("it takes too long");
        return false;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private boolean balanced(LedgerService ledger) {
    Balance seller = ledger.hub().balance(sellerKey.address(), asset);
    Balance payer = ledger.hub().balance(payerKey.address(), asset);
    show("seller", seller);
    show("payer", payer);
    long spent = DEPOSIT - payer.availableMicros() - payer.lockedMicros();
    out.println("spent " + Coins.text(spent) + ", earned " + Coins.text(seller.availableMicros()));
    return spent == seller.availableMicros()
        && spent > 0
        && spent <= BUDGET
        && payer.lockedMicros() == 0;
  }

  private void show(String who, Balance balance) {
    out.println(
        who
            + ": available "
            + Coins.text(balance.availableMicros())
            + ", locked "
            + Coins.text(balance.lockedMicros()));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
