package sluice.ledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.api.Api;
import sluice.ledger.api.HubServer;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.store.Database;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;

/** A member's whole day, by the client. */
class HubClientTest {
  private static final String ASSET = "test:coins";

  @TempDir Path folder;

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  @Test
  void membersPayEachOther() throws Exception {
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("ledger.db"))) {
      Hub hub =
          new Hub(
              database,
              HubConfig.of(1, key(99), Set.of(ASSET)),
              () -> System.currentTimeMillis() / 1_000);
      try (HubServer server =
              new HubServer(
                  new Api(hub, System::currentTimeMillis),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          HubClient client =
              HubClient.connect(URI.create("http://127.0.0.1:" + server.port() + "/"))) {
        assertThat(client.domain()).isEqualTo(hub.domain());
        assertThat(client.address()).isEqualTo(key(99).address());
        assertThat(client.assets()).containsExactly(ASSET);
        HubMember ann = client.member(key(1));
        HubMember bob = client.member(key(2));
        ann.register();
        bob.register();
        bob.payUnder(key(4).address());
        hub.transact(desk -> desk.deposit(key(1).address(), ASSET, 1_000, "tx"));
        Certified opened = ann.open(key(3).address(), key(4).address(), ASSET, 600, 60);
        assertThat(opened.signature().isBy(client.address(), opened.cert().digest(hub.domain())))
            .isTrue();
        assertThat(ann.topUp(opened.cert().channel(), 100).cert().deposit()).isEqualTo(700);
        Voucher voucher = new Voucher(opened.cert().channel(), 250);
        assertThat(bob.redeem(voucher, key(3).sign(voucher.digest(hub.domain())))).isEqualTo(250);
        assertThat(bob.channels())
            .singleElement()
            .isEqualTo(bob.channel(opened.cert().channel()))
            .returns(250L, ChannelView::paidMicros);
        assertThat(bob.close(opened.cert().channel()).state()).isEqualTo("CLOSED");
        assertThat(ann.balance(ASSET)).isEqualTo(new Balance(750, 0, 0));
        assertThat(bob.balance(ASSET)).isEqualTo(new Balance(250, 0, 0));
        assertThatThrownBy(() -> ann.topUp(opened.cert().channel(), 1))
            .isInstanceOfSatisfying(
                HubException.class, e -> assertThat(e.code()).isEqualTo("CLOSED"));
      }
    }
  }

  @Test
  void whereNoHubIsItSaysSo() {
    assertThatThrownBy(() -> HubClient.connect(URI.create("http://127.0.0.1:1")))
        .isInstanceOf(IOException.class);
  }
}
