package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program, with all that it does on a network, bound to one of two interfaces: by the
 * other one, which has the better route, no packet leaves while that one is missing, up, down, has
 * another address, is deleted and made again; and whenever it can be used, it is.
 */
@Order(1)
final class BoundClientIT {
  private static final List<String> KINDS =
      List.of("dht", "http", "lsd", "names", "pcp", "peers", "udp", "upnp", "utp", "web");
  private static final Pattern COUNTER =
      Pattern.compile("counter k_(\\w+) \\{\\s*packets (\\d+)", Pattern.DOTALL);

  /** The program tells its progress each second; within so many it has tried this and that. */
  private static final int TOLD = 4;

  @TempDir Path work;

  @Test
  void noPacketOfTheWholeProgramLeavesElsewhere() throws IOException {
    List<String> probe = List.of("nft", "add", "table", "inet", "sluice");
    Program.need("nftables", Files.isExecutable(Path.of("/usr/sbin/nft")));
    Optional<Namespaces> started = Namespaces.start(work, "/net/bound.sh", probe);
    assumeTrue(started.isPresent());
    Path content = Content.file(work.resolve("source"), "big.bin", 1 << 20, 7);
    Path torrent = work.resolve("bound.torrent");
    List<String> options = new ArrayList<>(List.of("--v1", "--piece-size", "65536"));
    options.addAll(List.of("--tracker", "http://10.7.0.1:7002/announce"));
    options.addAll(List.of("--tracker", "http://tracker.example:7002/announce"));
    options.addAll(List.of("--tracker", "udp://10.7.0.1:7003/announce"));
    options.addAll(List.of("--web-seed", "http://10.7.0.1:7005/"));
    var _ = Libtorrent.create(content, torrent, options);
    List<String> get = new ArrayList<>(List.of("get", torrent.toString(), "--json"));
    get.addAll(List.of("--dir", work.resolve("target").toString(), "--url-guard", "off"));
    get.addAll(List.of("--interface", "b0", "--dns", "10.7.0.53", "--port", "7000"));
    get.addAll(List.of("--dht-node", "10.7.0.1:7004", "--peer", "10.7.0.9:7001"));
    try (Namespaces net = started.get();
        RealProcess client = RealProcess.start("get", work, net.inside(0, Sluice.command(get)))) {
      client.awaitError("the wait", Patience.STEP, l -> l.contains("no network interface b0"));
      tries(client);
      assertThat(client.output()).noneMatch(l -> Json.isEvent(l, "listening"));
      up(net, "10.9.0");
      client.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
      usesAll(net, client);
      ip(net, "link set b0 down");
      tries(client);
      ip(net, "addr flush dev b0");
      ip(net, "addr add 10.9.1.2/24 dev b0");
      ip(net, "link set b0 up");
      ip(net, "route replace default via 10.9.1.1 dev b0 metric 500");
      usesSome(net, client);
      ip(net, "link del b0");
      tries(client);
      up(net, "10.9.0");
      usesSome(net, client);
      client.end();
      assertThat(elsewhere(net)).as("packets by the other interface; %s", client).isZero();
    }
  }

  private void up(Namespaces net, String network) {
    ip(net, "link add b0 type veth peer name b1");
    ip(net, "addr add " + network + ".2/24 dev b0");
    ip(net, "link set b0 up");
    ip(net, "link set b1 up");
    ip(net, "route add default via " + network + ".1 dev b0 metric 500");
  }

  /** Waits until the program has had time to try this and that. */
  private static void tries(RealProcess client) {
    int before = told(client);
    Patience.await("progress", Patience.STEP, () -> client, () -> told(client) >= before + TOLD);
  }

  private static int told(RealProcess client) {
    return (int) client.output().stream().filter(l -> Json.isEvent(l, "progress")).count();
  }

  private void usesAll(Namespaces net, RealProcess client) {
    Patience.await(
        "packets of each kind",
        Patience.STEP,
        () -> counted(net) + " " + client,
        () -> {
          Map<String, Long> all = counted(net);
          return KINDS.stream().allMatch(kind -> all.getOrDefault(kind, 0L) > 0);
        });
  }

  private void usesSome(Namespaces net, RealProcess client) {
    long before = sum(net);
    Patience.await("packets", Patience.STEP, () -> client, () -> sum(net) > before);
  }

  private long sum(Namespaces net) {
    return counted(net).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Packets by the interface that it is bound to. */
  private Map<String, Long> counted(Namespaces net) {
    Matcher matcher = COUNTER.matcher(run(net, List.of("nft", "list", "counters")));
    Map<String, Long> all = new TreeMap<>();
    while (matcher.find()) {
      all.put(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
    return all;
  }

  /** Packets that have left by the other interface. */
  private long elsewhere(Namespaces net) {
    for (String line : run(net, List.of("cat", "/proc/net/dev")).split("\n", -1)) {
      String[] words = line.strip().split("[\\s:]+", -1);
      if (words[0].equals("w0")) {
        return Long.parseLong(words[10]);
      }
    }
    throw new AssertionError("no w0");
  }

  private void ip(Namespaces net, String arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ", -1)));
    run(net, command);
  }

  private String run(Namespaces net, List<String> command) {
    try (RealProcess process =
        RealProcess.start(command.getFirst(), work, net.inside(0, command))) {
      assertThat(process.awaitExit(Patience.STEP)).as("%s", process).isZero();
      return String.join("\n", process.output());
    }
  }
}
