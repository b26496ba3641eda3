package sluice.engine.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.KrpcError;

/** Tokens, listed peers and items: limits and ends. */
class StoresTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Hash TORRENT = Hash.sha1(new byte[] {1});

  @Test
  void tokensAreOfOneAddressAndTenMinutes() {
    Tokens tokens = new Tokens(new FakeEntropy(1), -MINUTE);
    BString token = tokens.give(at(1, 1).address(), 0);
    assertThat(token.length()).isEqualTo(Tokens.BYTES);
    assertThat(tokens.accepts(token, at(1, 2).address(), 4 * MINUTE)).isTrue();
    assertThat(tokens.accepts(token, at(2, 1).address(), 4 * MINUTE)).isFalse();
    assertThat(tokens.accepts(token, at(1, 1).address(), 8 * MINUTE)).isTrue();
    assertThat(tokens.accepts(token, at(1, 1).address(), 10 * MINUTE)).isFalse();
    assertThat(tokens.accepts(BString.of(""), at(1, 1).address(), 0)).isFalse();
    BString late = tokens.give(at(1, 1).address(), 20 * MINUTE);
    assertThat(tokens.accepts(late, at(1, 1).address(), 100 * MINUTE)).isFalse();
  }

  @Test
  void peersAreBounded() {
    PeerStore store = new PeerStore(new FakeEntropy(2));
    for (int i = 0; i < 2 * PeerStore.MAX_PEERS; i++) {
      store.add(TORRENT, at(i, 1), i % 2 == 0, i);
    }
    List<Endpoint> some = store.some(TORRENT, false, false, 10_000, 10_000);
    assertThat(some).hasSize(PeerStore.MAX_PEERS).doesNotContain(at(0, 1)).doesNotHaveDuplicates();
    assertThat(store.some(TORRENT, false, true, 10_000, 10_000)).hasSize(PeerStore.MAX_PEERS / 2);
    assertThat(store.some(TORRENT, true, false, 10_000, 10_000)).isEmpty();
    assertThat(store.some(TORRENT, false, false, 7, 10_000)).hasSize(7);
    for (int i = 0; i < 2 * PeerStore.MAX_TORRENTS; i++) {
      store.add(Hash.sha1(new byte[] {(byte) i, (byte) (i >> 8), 9}), at(i, 1), false, i);
    }
    assertThat(store.torrents()).isEqualTo(PeerStore.MAX_TORRENTS);
    assertThat(store.sample(20)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void oneAddressIsListedWithFewPorts() {
    PeerStore store = new PeerStore(new FakeEntropy(2));
    for (int port = 1; port < 100; port++) {
      store.add(TORRENT, at(5, port), false, 0);
    }
    assertThat(store.some(TORRENT, false, false, 100, 0)).hasSize(PeerStore.MAX_PORTS);
    assertThat(store.scrape(TORRENT, 0).orElseThrow().peers().estimate()).isLessThan(1.5);
  }

  @Test
  void peersExpire() {
    PeerStore store = new PeerStore(new FakeEntropy(2));
    store.add(TORRENT, at(1, 1), false, 0);
    store.add(TORRENT, at(2, 1), false, 30 * MINUTE);
    assertThat(store.some(TORRENT, false, false, 9, PeerStore.EXPIRY_NANOS))
        .containsExactly(at(2, 1));
    store.expire(PeerStore.EXPIRY_NANOS + 31 * MINUTE);
    assertThat(store.torrents()).isZero();
  }

  @Test
  void itemsAreBoundedAndOnlyGrow() {
    ItemStore store = new ItemStore();
    for (int i = 0; i < 2 * ItemStore.MAX_ITEMS; i++) {
      Item item = new Item.Immutable(BString.of("i" + i + "e"));
      assertThat(store.put(item, OptionalLong.empty(), i)).isEmpty();
      assertThat(store.find(item.target(), i)).contains(item);
    }
    assertThat(store.size()).isEqualTo(ItemStore.MAX_ITEMS);
    assertThat(store.put(mutable(5, "1:a"), OptionalLong.empty(), 0)).isEmpty();
    assertThat(store.put(mutable(5, "1:a"), OptionalLong.empty(), 0)).isEmpty();
    assertThat(store.put(mutable(5, "1:b"), OptionalLong.empty(), 0)).hasValue(KrpcError.OLD_SEQ);
    assertThat(store.put(mutable(4, "1:b"), OptionalLong.empty(), 0)).hasValue(KrpcError.OLD_SEQ);
    assertThat(store.put(mutable(6, "1:b"), OptionalLong.of(4), 0))
        .hasValue(KrpcError.CAS_MISMATCH);
    assertThat(store.put(mutable(6, "1:b"), OptionalLong.of(5), 0)).isEmpty();
    assertThat(store.find(mutable(6, "1:b").target(), ItemStore.EXPIRY_NANOS)).isEmpty();
    store.expire(ItemStore.EXPIRY_NANOS + 10_000);
    assertThat(store.size()).isZero();
  }

  private static Item.Mutable mutable(long seq, String value) {
    BString key = BString.of(HexFormat.of().parseHex("11".repeat(32)));
    BString signature = BString.of(HexFormat.of().parseHex("22".repeat(64)));
    return new Item.Mutable(key, BString.of(""), seq, BString.of(value), signature);
  }

  private static Endpoint at(int host, int port) {
    byte[] bytes = {9, 9, (byte) (host >> 8), (byte) host};
    return new Endpoint(IpLiteral.ofBytes(bytes).orElseThrow(), port);
  }
}
