package sluice.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts on one cable, without trackers and DHT: peers find each other by multicast (BEP 14) or
 * are told of one another (BEP 11). Who tells its group first is not heard by anybody, so it is the
 * one that hears of the other.
 */
@Order(6)
final class LocalNetworkIT {
  private static final int HERE = 1;
  private static final int THERE = 2;
  private static final String[] ADDRESSES = {"", "10.77.0.1", "10.77.0.2"};

  /** The second address of the first host. */
  private static final String ASIDE = "10.77.0.3";

  private static final int TRANSMISSION_PORT = 51_413;
  private static final int HUB_KIB_PER_SECOND = 20;

  @TempDir Path work;

  private Optional<Namespaces> lan() {
    List<String> probe = List.of("ip", "link", "add", "a0", "type", "veth", "peer", "a1");
    return Namespaces.start(work, "/net/lan.sh", probe);
  }

  @Test
  void magnetsAreFoundByMulticast() throws IOException {
    Optional<Namespaces> lan = lan();
    assumeTrue(lan.isPresent());
    try (Namespaces net = lan.get();
        Scene scene = Scene.ofFile(work, 1 << 20, 65_536, Found.BY_NAME)) {
      String link = scene.magnet();
      Path third = scene.folder("third");
      try (RealProcess seed =
              libtorrent(net, THERE, scene.torrent().toString(), scene.source(), "--lsd");
          RealProcess first = oursAfter(seed, net, scene, "first", link)) {
        complete(first);
        scene.assertSame(work.resolve("first"), Program.SLUICE);
        seed.end();
        try (RealProcess leech = transmission(net, third, link, true, false)) {
          awaitContent(scene, "third", leech, first);
          first.end();
          try (RealProcess second = ours(net, scene, "second", link)) {
            complete(second);
            leech.end();
            Path folder = scene.folder("fourth");
            try (RealProcess last = libtorrent(net, THERE, link, folder, "--lsd")) {
              complete(last);
            }
          }
        }
      }
    }
  }

  @Test
  void peersAreToldOfByTransmissionAndToldToIt() throws IOException {
    Optional<Namespaces> lan = lan();
    assumeTrue(lan.isPresent());
    try (Namespaces net = lan.get();
        Scene scene = Scene.ofFile(work, 4 << 20, 65_536, Found.BY_NAME)) {
      String torrent = scene.torrent().toString();
      String hub = ADDRESSES[THERE] + ":" + TRANSMISSION_PORT;
      try (RealProcess slow = transmission(net, scene.folder("hub"), torrent, false, true);
          RealProcess seed = libtorrent(net, HERE, torrent, scene.source(), "--peer", hub)) {
        seed.awaitLine(
            "the hub",
            Patience.STEP,
            l -> Json.isEvent(l, "progress") && Json.number(l, "peers") > 0);
        List<String> more = List.of("--peer", hub, "--bind", ASIDE, "--no-lsd");
        try (RealProcess sluice = ours(net, scene, "told", torrent, more)) {
          complete(sluice);
        }
        slow.end();
      }
      try (RealProcess seed = libtorrent(net, HERE, torrent, scene.source());
          RealProcess leech = transmission(net, scene.folder("leech"), torrent, false, false)) {
        String source = ADDRESSES[HERE] + ":" + port(seed);
        List<String> more = new ArrayList<>(List.of("--peer", hub, "--peer", source, "--no-lsd"));
        more.addAll(List.of("--bind", ASIDE, "--down", "20000"));
        try (RealProcess ours = ours(net, scene, "ours", torrent, more)) {
          awaitContent(scene, "leech", leech, ours);
        }
      }
    }
  }

  private static int port(RealProcess process) {
    String line = process.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
    return (int) Json.number(line, "port");
  }

  private static void complete(RealProcess process) {
    process.awaitLine("completion", Patience.STEP, l -> Json.isEvent(l, "complete"));
  }

  /** Waits until all is in {@code folder}; transmission tells nobody outside. */
  private void awaitContent(Scene scene, String folder, RealProcess... who) {
    Map<String, String> wanted = Content.hashes(scene.source());
    Patience.await(
        "content",
        Patience.STEP,
        () -> Arrays.toString(who),
        () -> Content.hashes(work.resolve(folder)).equals(wanted));
  }

  private RealProcess oursAfter(
      RealProcess seed, Namespaces net, Scene scene, String folder, String torrent) {
    complete(seed);
    return ours(net, scene, folder, torrent);
  }

  private RealProcess ours(Namespaces net, Scene scene, String folder, String torrent) {
    return ours(net, scene, folder, torrent, List.of());
  }

  private RealProcess ours(
      Namespaces net, Scene scene, String folder, String torrent, List<String> more) {
    String target = scene.folder(folder).toString();
    List<String> get = List.of("get", torrent, "--dir", target, "--seed", "--json", "--port", "0");
    List<String> alone = List.of("--no-tracker", "--no-dht", "--no-utp", "--no-port-mapping");
    return RealProcess.start(
        "sluice " + folder, work, net.inside(HERE, Sluice.command(get, alone, more)));
  }

  private RealProcess libtorrent(
      Namespaces net, int host, String torrent, Path data, String... more) {
    List<String> command = Libtorrent.command("run", torrent, data.toString(), "--no-tracker");
    command.addAll(List.of("--keep", "--host", ADDRESSES[host]));
    command.addAll(List.of(more));
    return RealProcess.start("libtorrent", work, net.inside(host, command));
  }

  private RealProcess transmission(
      Namespaces net, Path data, String torrent, boolean multicast, boolean slow)
      throws IOException {
    Program.need("transmission-cli", Program.isOnPath("transmission-cli"));
    Path settings = Files.createDirectories(work.resolve("settings-" + data.getFileName()));
    Files.writeString(
        settings.resolve("settings.json"),
        """
        {"bind-address-ipv4": "%s", "peer-port": %d, "peer-port-random-on-start": false,
        "dht-enabled": false, "lpd-enabled": %s, "pex-enabled": %s, "utp-enabled": false,
        "port-forwarding-enabled": false, "blocklist-enabled": false, "encryption": 0,
        "incomplete-dir-enabled": false, "rename-partial-files": false}
        """
            .formatted(ADDRESSES[THERE], TRANSMISSION_PORT, multicast, !multicast));
    List<String> command = new ArrayList<>(List.of("transmission-cli", "-g", settings.toString()));
    command.addAll(List.of("-w", data.toString(), "-p", Integer.toString(TRANSMISSION_PORT)));
    command.addAll(slow ? List.of("-d", Integer.toString(HUB_KIB_PER_SECOND)) : List.of("-D"));
    command.add(torrent);
    return RealProcess.start("transmission", work, net.inside(THERE, command));
  }
}
