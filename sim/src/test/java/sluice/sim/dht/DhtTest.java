package sluice.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.engine.dht.Inquiries;
import sluice.engine.dht.Listing;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.SecureIds;

/** A few nodes find each other, and what they keep for each other. */
class DhtTest {
  private static final BString SALT = BString.of("s");
  private static final byte[] SEED =
      HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  private static final BString KEY =
      BString.of(
          HexFormat.of()
              .parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));

  private final DhtNetwork net = new DhtNetwork(1);

  @Test
  void peersAreFoundAndCounted() {
    net.grow(60, 20);
    Hash torrent = Hash.sha1(new byte[] {1});
    for (int i = 0; i < 20; i++) {
      net.hosts.get(i).list(torrent, 5000 + i);
    }
    net.world.runFor(Duration.ofSeconds(20));
    DhtHost seeker = net.hosts.get(50);
    seeker.list(torrent, 0);
    List<Inquiries.Numbers> numbers = new ArrayList<>();
    seeker.loop.execute(() -> seeker.dht.inquiries().peers(torrent, p -> {}, numbers::add));
    net.world.runFor(Duration.ofSeconds(20));
    for (int i = 0; i < 20; i++) {
      Endpoint peer = new Endpoint(net.hosts.get(i).endpoint.address(), 5000 + i);
      assertThat(seeker.found).contains(peer);
    }
    assertThat(numbers.getFirst().nodes()).isEqualTo(8);
    assertThat(numbers.getFirst().peers()).isCloseTo(20, within(1.5));
    assertThat(numbers.getFirst().seeds()).isZero();
  }

  /** BEP 32, and ids of addresses as in BEP 42. */
  @Test
  void peersAreFoundByIpv6() {
    DhtNetwork six = new DhtNetwork(2).ipv6();
    six.grow(40, 20);
    Hash torrent = Hash.sha1(new byte[] {5});
    for (int i = 0; i < 10; i++) {
      six.hosts.get(i).list(torrent, 5000 + i);
    }
    six.world.runFor(Duration.ofSeconds(20));
    DhtHost seeker = six.hosts.get(30);
    seeker.list(torrent, 0);
    six.world.runFor(Duration.ofSeconds(20));
    for (int i = 0; i < 10; i++) {
      Endpoint peer = new Endpoint(six.hosts.get(i).endpoint.address(), 5000 + i);
      assertThat(peer.isIpv6()).isTrue();
      assertThat(seeker.found).contains(peer);
    }
    assertThat(SecureIds.isRight(seeker.status().own().id(), seeker.endpoint.address())).isTrue();
    assertThat(seeker.dht.contacts()).isGreaterThan(8);
  }

  @Test
  void aDownloadIsListedBeforeManySeeds() {
    net.grow(60, 20);
    DhtHost host = net.hosts.get(1);
    List<Hash> seeds = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Hash torrent = Hash.sha1(new byte[] {3, (byte) i, (byte) (i >> 8)});
      seeds.add(torrent);
      host.loop.execute(
          () -> host.dht.list(torrent, () -> new Listing.Self(5000, true), found -> {}));
    }
    Hash download = Hash.sha1(new byte[] {4});
    net.hosts.get(2).list(download, 6000);
    net.world.runFor(Duration.ofSeconds(2));
    host.list(download, 5001);
    net.world.runFor(Duration.ofSeconds(3));
    assertThat(host.found).isNotEmpty();
    DhtHost seeker = net.hosts.get(50);
    seeker.list(seeds.getLast(), 0);
    net.world.runFor(Duration.ofSeconds(5));
    assertThat(seeker.found).as("it has its turn later").isEmpty();
    net.world.runFor(Duration.ofSeconds(300));
    seeker.list(seeds.getLast(), 0);
    net.world.runFor(Duration.ofSeconds(10));
    assertThat(seeker.found).contains(new Endpoint(host.endpoint.address(), 5000));
  }

  @Test
  void itemsAreKept() {
    net.grow(40, 20);
    DhtHost writer = net.hosts.get(3);
    Item.Immutable fixed = new Item.Immutable(BString.of("5:hello"));
    Item.Mutable first = Item.Mutable.sign(SEED, KEY, SALT, 1, BString.of("1:a"));
    Item.Mutable second = Item.Mutable.sign(SEED, KEY, SALT, 2, BString.of("1:b"));
    Item.Mutable forged = new Item.Mutable(KEY, SALT, 3, BString.of("1:c"), second.signature());
    assertThat(put(writer, fixed, OptionalLong.empty()).nodes()).isEqualTo(8);
    assertThat(put(writer, first, OptionalLong.empty()).nodes()).isEqualTo(8);
    Inquiries.Stored conflict = put(writer, second, OptionalLong.of(7));
    assertThat(conflict.nodes()).isZero();
    assertThat(conflict.refusals()).allMatch(r -> r.startsWith("301 "));
    assertThat(put(writer, second, OptionalLong.of(1)).nodes()).isEqualTo(8);
    assertThat(put(writer, first, OptionalLong.empty()).refusals())
        .hasSize(8)
        .allMatch(r -> r.startsWith("302 "));
    assertThat(put(writer, forged, OptionalLong.empty()).refusals())
        .hasSize(8)
        .allMatch(r -> r.startsWith("206 "));
    assertThat(get(net.hosts.get(30), fixed.target(), BString.of(""))).contains(fixed);
    assertThat(get(net.hosts.get(31), second.target(), SALT)).contains(second);
    assertThat(get(net.hosts.get(31), new NodeId(1, 2, 3), SALT)).isEmpty();
    net.world.runFor(Duration.ofHours(2));
    assertThat(get(net.hosts.get(30), fixed.target(), BString.of(""))).isEmpty();
  }

  @Test
  void torrentsAreSampled() {
    net.grow(30, 30);
    Set<Hash> all = new LinkedHashSet<>();
    for (int i = 0; i < 30; i++) {
      Hash torrent = Hash.sha1(new byte[] {2, (byte) i});
      all.add(torrent);
      net.hosts.get(i).list(torrent, 6000);
    }
    net.world.runFor(Duration.ofSeconds(30));
    Set<Hash> seen = new LinkedHashSet<>();
    List<Integer> nodes = new ArrayList<>();
    DhtHost indexer = net.hosts.get(4);
    for (int i = 0; i < 16; i++) {
      NodeId near = new NodeId((long) i << 60, 0, 0);
      indexer.loop.execute(
          () -> indexer.dht.inquiries().sample(near, s -> seen.addAll(s.infoHashes()), nodes::add));
    }
    net.world.runFor(Duration.ofSeconds(30));
    assertThat(nodes).hasSize(16);
    assertThat(seen).isSubsetOf(all);
    assertThat(seen.size()).isGreaterThan(25);
  }

  /** Nodes that do not know their address learn it from others, and take an id of it (BEP 42). */
  @Test
  void idsFollowTheAddress() {
    net.grow(40, 20);
    DhtHost stranger = net.stranger();
    stranger.start();
    net.world.runFor(Duration.ofMinutes(1));
    assertThat(stranger.self.ipv4()).contains(stranger.endpoint.address());
    assertThat(SecureIds.isRight(stranger.status().own().id(), stranger.endpoint.address()))
        .isTrue();
    assertThat(stranger.dht.contacts()).isGreaterThan(8);
  }

  private Inquiries.Stored put(DhtHost host, Item item, OptionalLong cas) {
    List<Inquiries.Stored> told = new ArrayList<>();
    host.loop.execute(() -> host.dht.inquiries().put(item, cas, told::add));
    net.world.runFor(Duration.ofSeconds(15));
    return told.getFirst();
  }

  private Optional<Item> get(DhtHost host, NodeId target, BString salt) {
    List<Optional<Item>> told = new ArrayList<>();
    host.loop.execute(() -> host.dht.inquiries().get(target, salt, told::add));
    net.world.runFor(Duration.ofSeconds(15));
    return told.getFirst();
  }
}
