package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.dht.Listing;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.transport.Transport;

/** Questions to a node of the DHT in this process. */
class DhtCommandTest {
  private static final String PLACE = "e5f96f6f38320f0f33959cb4d3d656452117aadb";

  private static final Endpoint LOOPBACK = new Endpoint(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path temp;

  private final Transport transport = Transport.open();
  private final CapturedConsole console = new CapturedConsole();
  private String node = "";

  @BeforeEach
  void startNode() {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> {
          Dht dht = made(List.of());
          dht.start(LOOPBACK);
          dht.whenBound(false, () -> port.complete(dht.port(false)));
        });
    node = "127.0.0.1:" + port.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Dht made(List<HostPort> routers) {
    return Dht.alone(
        transport.loop(),
        transport.net(),
        transport.resolver(),
        transport.entropy(),
        DhtConfig.with(routers));
  }

  @AfterEach
  void stopNode() {
    transport.close();
  }

  @Test
  void aNodeIsPinged() {
    assertThat(dht("ping", node)).isZero();
    assertThat(console.out()).contains(node + " is there: id ").contains("sees us at 127.0.0.1:");
  }

  @Test
  void peersAreFoundAndTorrentsSampled() {
    transport
        .loop()
        .execute(() -> {
          Dht peer = made(List.of(Converters.peer(node)));
          peer.start(LOOPBACK);
          peer.list(Hash.ofHex(PLACE), () -> new Listing.Self(5_000, true), found -> {});
        });
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!console.out().contains("\"127.0.0.1:5000\"")) {
      assertThat(System.nanoTime()).as("%s", console.out()).isLessThan(patience);
      assertThat(dht("get-peers", PLACE, "--dht-node", node, "--json")).isZero();
    }
    assertThat(dht("get-peers", PLACE, "--dht-node", node)).isZero();
    assertThat(console.out()).contains("127.0.0.1:5000\n");
    assertThat(console.err()).contains("1 peers named").contains("about 1 seeds, 0 downloaders");
    assertThat(dht("sample", "--near", PLACE, "--dht-node", node, "--json")).isZero();
    assertThat(console.out()).contains("\"info_hashes\":[\"" + PLACE + "\"]");
    assertThat(dht("sample", "--dht-node", node)).isZero();
    assertThat(console.out()).contains(PLACE + "\n");
  }

  @Test
  void itemsArePutAndGot() {
    assertThat(dht("get", PLACE, "--dht-node", node)).isEqualTo(3);
    assertThat(dht("put", "Hello World!", "--dht-node", node)).isZero();
    assertThat(console.out()).contains(PLACE);
    assertThat(dht("get", PLACE, "--dht-node", node)).isZero();
    assertThat(console.out()).contains("Hello World!");
  }

  @Test
  void keysAreMadeAndLinksLeadToTorrents() throws Exception {
    Path key = temp.resolve("key");
    String file = key.toString();
    assertThat(dht("put", "--torrent", PLACE, "--key", file, "--dht-node", node, "--json"))
        .isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    String publicKey = Files.readString(key).strip().substring(64);
    assertThat(console.out()).contains("\"link\":\"magnet:?xs=urn:btpk:" + publicKey + "\"");
    assertThat(dht("put", "--torrent", PLACE, "--key", file, "--dht-node", node, "--json"))
        .isZero();
    assertThat(console.out()).contains("\"seq\":2");
    assertThat(dht("get", publicKey, "--dht-node", node, "--json")).isZero();
    assertThat(console.out()).contains("64323a696832303a" + PLACE + "65");
  }

  @Test
  void wrongWordsAreExplained() {
    assertThat(dht("ping", "x")).isEqualTo(2);
    assertThat(dht("get", "xyz")).isEqualTo(2);
    assertThat(dht("put", "--dht-node", node)).isEqualTo(2);
    assertThat(dht("put", "a", "--seq", "1", "--dht-node", node)).isEqualTo(2);
    assertThat(dht("put", "--torrent", PLACE, "--dht-node", node)).isEqualTo(2);
    assertThat(dht("sample", "--near", "12", "--dht-node", node)).isEqualTo(2);
    assertThat(console.run("dht")).isEqualTo(2);
    assertThat(console.err()).contains("Missing command: ping, get-peers, get, put or sample");
  }

  private int dht(String command, String... words) {
    Object[] all = new Object[words.length + 4];
    all[0] = "dht";
    all[1] = command;
    System.arraycopy(words, 0, all, 2, words.length);
    all[words.length + 2] = "--bind";
    all[words.length + 3] = "127.0.0.1";
    return console.run(all);
  }
}
