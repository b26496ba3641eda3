package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seed and a leech behind a router each, which lets nobody in, and a peer between them that both
 * know and that is too slow to help: they meet through it (BEP 55), on the kernel's own translation
 * of addresses.
 */
@Order(2)
final class HolePunchIT {
  private static final int WORLD = 0;
  private static final int ONE = 1;
  private static final int OTHER = 2;
  private static final int PORT = 7_000;

  /** Where each host sees the peer between them; it answers from there. */
  private static final String[] RELAY = {"", "5.6.1.1:" + PORT, "5.6.2.1:" + PORT};

  private static final String SLOW = "4000";

  /** libtorrent asks to be introduced when its own attempts have failed, a minute or more later. */
  private static final Duration MEETING = Duration.ofMinutes(4);

  @TempDir Path work;

  private Optional<Namespaces> routers() {
    Program.need("nftables", Files.isExecutable(Path.of("/usr/sbin/nft")));
    List<String> probe = List.of("nft", "add", "table", "inet", "sluice");
    return Namespaces.start(work, "/net/routers.sh", probe);
  }

  /** How one of the programs is started. */
  private interface Start {
    RealProcess in(Namespaces net, Scene scene);
  }

  @Test
  void whoIsBehindRouterMeetsWhoIsBehindAnother() throws IOException {
    meet(this::ourRelay, this::ourLeech, Program.SLUICE);
  }

  /** libtorrent is the one between. */
  @Test
  void othersLetUsMeet() throws IOException {
    meet(this::theirRelay, this::ourLeech, Program.SLUICE);
  }

  /** libtorrent is the one that wants what we have. */
  @Test
  void othersAreLetIn() throws IOException {
    meet(this::ourRelay, this::theirLeech, Program.LIBTORRENT);
  }

  private void meet(Start between, Start behindOther, Program wants) throws IOException {
    Optional<Namespaces> started = routers();
    assumeTrue(started.isPresent());
    try (Namespaces net = started.get();
        Scene scene = Scene.ofFile(work, 4 << 20, 65_536, Found.BY_NAME)) {
      try (RealProcess relay = between.in(net, scene);
          RealProcess seed = ours(net, ONE, "seed", scene, scene.source(), behind(ONE))) {
        awaitPeers(relay, 1);
        try (RealProcess leech = behindOther.in(net, scene)) {
          assertThat(leech.awaitExit(MEETING)).as("%s %s %s", leech, seed, relay).isZero();
        }
        assertNoHelp(relay);
      }
      scene.assertSame(scene.folder("target"), wants);
    }
  }

  private RealProcess ourRelay(Namespaces net, Scene scene) {
    return ours(
        net,
        WORLD,
        "get",
        scene,
        scene.folder("relay"),
        List.of("--port", Integer.toString(PORT), "--down", SLOW, "--up", SLOW));
  }

  private RealProcess theirRelay(Namespaces net, Scene scene) {
    String port = Integer.toString(PORT);
    return libtorrent(
        net, WORLD, scene, "relay", "--port", port, "--down", SLOW, "--up", SLOW, "--keep");
  }

  private RealProcess ourLeech(Namespaces net, Scene scene) {
    return ours(net, OTHER, "get", scene, scene.folder("target"), behind(OTHER));
  }

  private RealProcess theirLeech(Namespaces net, Scene scene) {
    return libtorrent(net, OTHER, scene, "target", "--peer", RELAY[OTHER], "--port", "0");
  }

  /** Who has got so little cannot have given the rest. */
  private static void assertNoHelp(RealProcess relay) {
    String last = progress(relay).getLast();
    assertThat(Json.number(last, "downloaded")).as(last).isLessThan(1 << 20);
  }

  private static List<String> progress(RealProcess process) {
    return process.output().stream().filter(l -> Json.isEvent(l, "progress")).toList();
  }

  private static void awaitPeers(RealProcess process, int count) {
    process.awaitLine(
        "peers",
        Patience.STEP,
        l -> Json.isEvent(l, "progress") && Json.number(l, "peers") >= count);
  }

  private static List<String> behind(int host) {
    return List.of("--peer", RELAY[host], "--no-tcp", "--port", "0");
  }

  private RealProcess ours(
      Namespaces net, int where, String what, Scene scene, Path folder, List<String> more) {
    List<String> all = new ArrayList<>(List.of(what, scene.torrent().toString()));
    all.addAll(List.of("--dir", folder.toString(), "--json", "--no-tracker", "--no-dht"));
    all.addAll(List.of("--no-lsd", "--no-port-mapping"));
    all.addAll(more);
    return RealProcess.start("sluice " + what, work, net.inside(where, Sluice.command(all)));
  }

  private RealProcess libtorrent(
      Namespaces net, int where, Scene scene, String folder, String... more) {
    String data = scene.folder(folder).toString();
    List<String> command = Libtorrent.command("run", scene.torrent().toString(), data);
    command.addAll(List.of("--no-tracker", "--host", "0.0.0.0", "--utp"));
    command.addAll(List.of(more));
    return RealProcess.start("libtorrent", work, net.inside(where, command));
  }
}
