package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.client.HubClient;
import sluice.ledger.hub.Balance;
import sluice.ledger.wallet.Keystore;
import sluice.market.money.Price;
import sluice.market.sign.PayKey;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoParser;

/**
 * Cheats of both sides, as members of a real hub, against a seller and a payer that are programs of
 * their own: each takes no more than the bound says, comes again as it may. Each cheat is of a
 * network of its own.
 */
final class RogueTradeIT {
  private static final long BYTES = 8 << 20;
  private static final Price PRICE = new Price(500_000);
  private static final long BLOCK_MICROS = PRICE.due(RoguePayer.BLOCK);
  private static final long WINDOW_MICROS = PRICE.due(1 << 20);
  private static final long PIECE_MICROS = PRICE.due(Bazaar.PIECE_BYTES);
  private static final int RETURNS = 5;
  private static final Pattern UNPAID = Pattern.compile("in all: .*unpaid ([0-9.]+)");

  @TempDir Path work;
  private Bazaar bazaar;
  private HubClient hub;
  private Metainfo torrent;

  @Test
  void whoeverCheatsTheLossIsSmall() throws Exception {
    try (Bazaar open = Bazaar.open(work, BYTES);
        HubClient client = open.client()) {
      bazaar = open;
      hub = client;
      torrent = MetainfoParser.parse(Files.readAllBytes(bazaar.torrent()));
      PayKey payer = bazaar.wallet("payer");
      PayKey seller = bazaar.wallet("seller");
      bazaar.grant(payer);
      List<String> buys = new ArrayList<>(List.of("--port", "0", "--pay", "0.5"));
      buys.addAll(List.of("--budget", "50"));
      buys.addAll(bazaar.trade("payer"));
      List<String> sells = new ArrayList<>(List.of("--port", "0", "--sell", "--floor", "0.5"));
      sells.addAll(bazaar.trade("seller"));
      try (RealProcess get = bazaar.start("get", "payer", buys);
          RealProcess seed = bazaar.start("seed", "seed", sells)) {
        long earned = sellers(port(get));
        payers(port(seed), seed);
        assertThat(earned).isPositive();
        Bazaar.stop(get);
      }
      Balance has = bazaar.balance(payer);
      assertThat(Bazaar.FAUCET - has.availableMicros() - has.lockedMicros())
          .as("nothing of its money is gone that was not redeemed")
          .isZero();
      assertThat(bazaar.balance(seller).availableMicros()).isPositive();
    }
    bazaar.audit();
  }

  private static int port(RealProcess program) {
    String address = Bazaar.address(program);
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  /** What cheating payers get of a seller. */
  private void payers(int port, RealProcess seed) throws Exception {
    Map<RoguePayer.Cheat, RoguePayer> payers = new EnumMap<>(RoguePayer.Cheat.class);
    int network = 10;
    long stolen = 0;
    for (RoguePayer.Cheat cheat : RoguePayer.Cheat.values()) {
      RoguePayer payer = payer(cheat);
      payers.put(cheat, payer);
      payer.buy(network++, port, false);
      stolen += payer.stolenMicros();
    }
    payers.forEach((cheat, payer) -> {
      long bound =
          switch (cheat) {
            case NEVER_PAYS, PROMISES_TOO_MUCH, SIGNS_BY_ANOTHER_KEY -> BLOCK_MICROS;
            case STOPS_PAYING -> WINDOW_MICROS;
            case REPEATS -> 2 * BLOCK_MICROS + 1;
            case FORGES_THE_CERTIFICATE -> 0;
          };
      assertThat(payer.stolenMicros()).as(cheat.name()).isBetween(0L, bound);
    });
    assertThat(payers.get(RoguePayer.Cheat.STOPS_PAYING).stolenMicros())
        .isGreaterThan(WINDOW_MICROS / 2);
    RoguePayer returning = payer(RoguePayer.Cheat.NEVER_PAYS);
    for (int i = 0; i < RETURNS; i++) {
      returning.buy(network, port, true);
    }
    assertThat(returning.stolenMicros()).isBetween(BLOCK_MICROS, 2 * BLOCK_MICROS + 1);
    stolen += returning.stolenMicros();
    Bazaar.stop(seed);
    String told = seed.awaitError("sum", Patience.STEP, l -> UNPAID.matcher(l).find());
    Matcher unpaid = UNPAID.matcher(told);
    assertThat(unpaid.find()).isTrue();
    assertThat(Math.round(Double.parseDouble(unpaid.group(1)) * 1e6))
        .as("what the seller says itself: %s", told)
        .isLessThanOrEqualTo(stolen);
  }

  private RoguePayer payer(RoguePayer.Cheat cheat) throws Exception {
    PayKey member = Keystore.newKey();
    bazaar.grant(member);
    return new RoguePayer(hub, member, torrent, PRICE, cheat);
  }

  /** What cheating sellers get of a payer; in all, in vouchers. */
  private long sellers(int port) throws Exception {
    byte[] content = Files.readAllBytes(work.resolve("seed").resolve("film"));
    int network = 40;
    long earned = 0;
    for (RogueSeller.Cheat cheat : RogueSeller.Cheat.values()) {
      PayKey member = Keystore.newKey();
      hub.member(member).register();
      hub.member(member).payUnder(member.address());
      RogueSeller seller = new RogueSeller(hub, member.address(), torrent, content, cheat);
      boolean returns = cheat == RogueSeller.Cheat.KEEPS_A_BLOCK_BACK;
      for (int i = 0; i < (returns ? 3 : 1); i++) {
        seller.sell(network, port);
      }
      network++;
      switch (cheat) {
        case ASKS_TOO_MUCH, DELIVERS_NOTHING -> assertThat(seller.earned).isZero();
        case KEEPS_A_BLOCK_BACK, SENDS_BAD_DATA ->
            assertThat(seller.earned).as(cheat.name()).isBetween(1L, PIECE_MICROS);
      }
      assertThat(seller.bids).as(cheat.name()).isPositive();
      earned += seller.earned;
    }
    return earned;
  }
}
