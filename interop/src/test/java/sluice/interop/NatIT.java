package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seed behind a router asks it to let peers in, by all protocols that routers speak. */
final class NatIT {
  private static final String PORT = "6899";

  /**
   * Has each request in PCP arrive in a version that miniupnpd does not speak, so that it tells to
   * use another, as a router does that has only NAT-PMP (RFC 6887, appendix A).
   */
  private static final String WITHOUT_PCP =
      "add chain inet filter older { type filter hook prerouting priority -150; }\n"
          + "add rule inet filter older udp dport 5351 @th,64,8 2 @th,64,8 set 3\n";

  @TempDir Path work;

  @Test
  void whoIsBehindRouterIsReachedAndLeavesNoHole() throws IOException {
    Optional<Router> started = Router.start(work);
    assumeTrue(started.isPresent());
    try (Router router = started.get();
        Scene scene = Scene.ofFile(work, 1 << 20, 65_536, Found.BY_NAME)) {
      String torrent = scene.torrent().toString();
      List<String> plain = List.of("--json", "--no-tracker", "--no-dht", "--no-lsd", "--no-utp");
      List<String> seeds = List.of("seed", torrent, "--dir", scene.source().toString());
      try (RealProcess seed =
          RealProcess.start(
              "seed", work, router.local(Sluice.command(seeds, List.of("--port", PORT), plain)))) {
        seed.awaitLine("seeding", Patience.STEP, l -> Json.isEvent(l, "seeding"));
        Path target = scene.folder("target");
        List<String> gets = List.of("get", torrent, "--dir", target.toString());
        List<String> peer = List.of("--peer", Router.OUTSIDE + ":" + PORT);
        try (RealProcess get =
            RealProcess.start("get", work, router.world(Sluice.command(gets, peer, plain)))) {
          assertThat(get.awaitExit(Patience.STEP)).as("%s %s", get, router.process()).isZero();
        }
        scene.assertSame(target, Program.SLUICE);
        router.process().awaitLine("PCP", Patience.STEP, l -> l.contains("PCP MAP"));
        router.process().awaitLine("UPnP", Patience.STEP, l -> l.contains("AddPortMapping"));
      }
      awaitMapped(router, false);
      onRouter(router, "nft", WITHOUT_PCP);
      try (RealProcess seed =
          RealProcess.start(
              "seed", work, router.local(Sluice.command(seeds, List.of("--port", PORT), plain)))) {
        seed.awaitLine("seeding", Patience.STEP, l -> Json.isEvent(l, "seeding"));
        router
            .process()
            .awaitLine("NAT-PMP", Patience.STEP, l -> l.contains("NAT-PMP port mapping request"));
        awaitMapped(router, true);
      }
      awaitMapped(router, false);
    }
  }

  /** Waits until the router passes on what comes to the port, or does not. */
  private void awaitMapped(Router router, boolean mapped) {
    Patience.await(
        mapped ? "a mapping" : "the end of mappings",
        Patience.STEP,
        router::process,
        () ->
            onRouter(router, "nft", "list", "chain", "inet", "filter", "prerouting_miniupnpd")
                    .contains(PORT)
                == mapped);
  }

  private String onRouter(Router router, String... command) {
    try (RealProcess process = RealProcess.start("nft", work, router.here(List.of(command)))) {
      assertThat(process.awaitExit(Patience.STEP)).as("%s", process).isZero();
      return String.join("\n", process.output());
    }
  }
}
