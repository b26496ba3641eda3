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
      assertThat(mappings(router)).doesNotContain(PORT);
    }
  }

  /** What the router passes on. */
  private String mappings(Router router) {
    List<String> list = List.of("nft", "list", "chain", "inet", "filter", "prerouting_miniupnpd");
    try (RealProcess listed = RealProcess.start("nft", work, router.here(list))) {
      assertThat(listed.awaitExit(Patience.STEP)).as("%s", listed).isZero();
      return String.join("\n", listed.output());
    }
  }
}
