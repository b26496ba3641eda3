package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Loop;
import sluice.market.wire.PayOffer;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.TorrentCreator;

/** In which torrents the market is spoken, and what it tells there. */
class MarketTest {
  private static final class Still implements Loop {
    @Override
    public long now() {
      return 0;
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
      return () -> {};
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }

  private static Info torrent(boolean isPrivate) throws Exception {
    MetainfoBuilder made =
        MetainfoBuilder.ofFile("film", 20_000).pieceLength(1 << 14).isPrivate(isPrivate);
    return MetainfoParser.parse(TorrentCreator.create(made, (file, at, to) -> {})).info();
  }

  private static Market market(boolean sells, boolean inPrivate) {
    Pair pair = new Pair(SellTerms.of(Pair.ALIAS, Pair.FLOOR), BuyTerms.NOTHING, 1 << 14);
    return Market.of(
        new Still(),
        new Pair.Chance(),
        pair.hub,
        sells
            ? Optional.of(new Selling(SellTerms.of(Pair.ALIAS, Pair.FLOOR), pair.till))
            : Optional.empty(),
        Optional.empty(),
        inPrivate,
        () -> Pair.UNIX,
        event -> {});
  }

  @Test
  void inPrivateTorrentsItIsSpokenIfTheUserWantsItOnly() throws Exception {
    assertThat(market(true, false).join(torrent(false))).isPresent();
    assertThat(market(true, false).join(torrent(true))).isEmpty();
    assertThat(market(true, true).join(torrent(true))).isPresent();
    assertThat(market(true, true).join(torrent(false))).isPresent();
  }

  /** It names neither account nor address, and sells only if the user does. */
  @Test
  void itTellsWhatItTradesInAndNotWhoItIs() {
    PayOffer sells = market(true, false).offer();
    assertThat(sells.sells()).isTrue();
    assertThat(sells.pays()).isFalse();
    assertThat(sells.floor()).contains(Pair.FLOOR);
    PayOffer nothing = market(false, false).offer();
    assertThat(nothing.sells()).isFalse();
    assertThat(nothing.pays()).isFalse();
    assertThat(nothing.floor()).isEmpty();
    assertThat(HexFormat.of().formatHex(Bencode.write(sells.encode())))
        .doesNotContain(Pair.ALIAS.hex());
  }
}
