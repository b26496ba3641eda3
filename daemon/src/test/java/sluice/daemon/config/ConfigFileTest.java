package sluice.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.ClientConfig;
import sluice.engine.policy.Profile;
import sluice.engine.policy.Transports;
import sluice.engine.policy.UrlGuard;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassSpec;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.HostPort;
import sluice.transport.Binding;
import sluice.transport.Route;
import sluice.transport.Routes;

/** The configuration file. */
class ConfigFileTest {
  @TempDir Path temp;

  private DaemonSettings settings(String text) throws Exception {
    Path file = Files.writeString(temp.resolve("config.toml"), text);
    Places places = Places.of(Map.of("XDG_STATE_HOME", temp.toString()), temp);
    return DaemonSettings.of(ConfigFile.read(file), places, "Sluice/0", List.of());
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws Exception {
    DaemonSettings settings = settings("");
    assertThat(settings.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.listen().getPort()).isEqualTo(DaemonSettings.USUAL_PORT);
    assertThat(settings.state()).isEqualTo(temp.resolve("sluice"));
    assertThat(settings.downloads()).isEqualTo(temp.resolve("Downloads"));
    assertThat(settings.fetchPrivate()).isFalse();
  }

  @Test
  void everythingCanBeSaid() throws Exception {
    DaemonSettings settings =
        settings(
            """
            downloads = "/srv/a"
            folders = ["/srv/b"]
            watch = "/srv/c"
            [network]
            port = 7000
            bind = "127.0.0.1"
            encryption = "forced"
            dht = false
            lsd = false
            utp = false
            interface = "tun0"
            dns = ["10.8.0.1"]
            [bandwidth]
            classes = ["bulk weight=2 up=2M up-min=100K"]
            peers = ["192.168.0.0/16 bulk"]
            schedule = ["night mon-fri 22:00-06:00 up=5M", "off sun paused"]
            [web]
            address = "::1"
            port = 0
            hosts = ["box.example"]
            fetch-private = true
            [tracker]
            enabled = true
            listen = "127.0.0.1:7001"
            torrents = "all"
            """);
    assertThat(settings.downloads()).isEqualTo(Path.of("/srv/a"));
    assertThat(settings.folders()).containsExactly(Path.of("/srv/b"));
    assertThat(settings.watch()).contains(Path.of("/srv/c"));
    assertThat(settings.client().engine().listen().getFirst().port()).isEqualTo(7_000);
    assertThat(settings.client().engine().dht().on()).isFalse();
    Binding binding = settings.client().transport().binding();
    assertThat(binding.device()).contains("tun0");
    assertThat(binding.nameServers()).containsExactly(InetAddress.ofLiteral("10.8.0.1"));
    BandwidthPlan plan = settings.limits().plan(1, 2);
    assertThat(plan.classes()).extracting(ClassSpec::name).containsExactly("bulk");
    assertThat(settings.limits().peers()).hasSize(1);
    assertThat(settings.limits().schedule(plan).orElseThrow().profiles())
        .extracting(Profile::name)
        .containsExactly("night", "off");
    assertThat(settings.hosts()).containsExactly("box.example");
    assertThat(settings.fetchPrivate()).isTrue();
    assertThat(settings.tracker())
        .isEqualTo(new TrackerPlace(List.of(new InetSocketAddress("127.0.0.1", 7_001)), true));
  }

  @Test
  void theWayToTheNetworkCanBeSaid() throws Exception {
    ClientConfig client =
        settings(
                """
                [network]
                proxies = ["socks5://127.0.0.1:9050", "web=http://p.example", "udp=none"]
                proxy-isolation = true
                anonymous = true
                url-guard = "strict"
                dscp = 8
                tcp = false
                dht-nodes = ["[2001:db8::1]:6881", "router.example:7"]
                """)
            .client();
    Routes routes = client.transport().routes();
    assertThat(routes.datagrams()).isEqualTo(new Route.Closed());
    assertThat(routes.peers())
        .isInstanceOfSatisfying(
            Route.Through.class, way -> assertThat(way.proxy().isolates()).isTrue());
    assertThat(routes.web()).isNotEqualTo(routes.trackers());
    assertThat(client.transport().binding().dscp()).hasValue(8);
    EngineConfig engine = client.engine();
    assertThat(engine.userAgent()).isEmpty();
    assertThat(engine.peerIdPrefix()).doesNotContain("-");
    assertThat(engine.rules().incoming()).isFalse();
    assertThat(engine.rules().guard()).isEqualTo(UrlGuard.STRICT);
    assertThat(engine.lsd()).isFalse();
    assertThat(engine.transports()).isEqualTo(Transports.UTP);
    assertThat(engine.dht().routers())
        .containsExactly(new HostPort("2001:db8::1", 6_881), new HostPort("router.example", 7));
    ClientConfig alone = settings("[network]\nanonymous = true").client();
    assertThat(alone.transport().routes()).isEqualTo(Routes.all(new Route.Closed()));
  }

  @Test
  void theTrackerServesItsOwnUnlessAllAreWanted() throws Exception {
    assertThat(settings("").tracker()).isEqualTo(TrackerPlace.NONE);
    assertThat(settings("[tracker]\nlisten = \"7001\"").tracker()).isEqualTo(TrackerPlace.NONE);
    TrackerPlace usual = settings("[tracker]\nenabled = true").tracker();
    assertThat(usual.addresses()).extracting(InetSocketAddress::getPort).containsOnly(6_969);
    assertThat(usual.servesAll()).isFalse();
    assertThat(settings("[tracker]\nenabled = true\ntorrents = \"own\"").tracker())
        .isEqualTo(usual);
  }

  @Test
  void mistakesAreTold() {
    Map<String, String> mistakes = new HashMap<>();
    mistakes.put("[tracker]\nlisten = \"here\"", "tracker.listen: 'here' is no address");
    mistakes.put("[tracker]\ntorrents = \"some\"", "'some' is neither own nor all");
    mistakes.put("[network]\nproxies = [\"ftp://p.example\"]", "network.proxies: not a proxy");
    mistakes.put("[network]\nproxies = [\"udp=http://p.example\"]", "carry no UDP");
    mistakes.put("[network]\nurl-guard = \"some\"", "strict, normal or off");
    mistakes.put("[network]\ndscp = 64", "from 0 to 63");
    mistakes.put("[network]\ntcp = false\nutp = false", "no way to peers");
    mistakes.put("[network]\ndht-nodes = [\"here\"]", "HOST:PORT");
    mistakes.put("[tracker]\ntorents = \"all\"", "did you mean torrents?");
    mistakes.putAll(
        Map.of(
            "downlods = \"/a\"", "did you mean downloads?",
            "[web]\nprot = 1", "web.prot",
            "[web]\nport = 70000", "a port is from 0 to 65535",
            "[web]\naddress = \"localhost\"", "is no address",
            "[network]\nencryption = \"some\"", "forced, preferred",
            "[network]\ndns = [\"here\"]", "'here' is no address",
            "downloads = \"here\"", "from the root on",
            "[bandwidth]\nclasses = [\"a up=fast\"]", "bandwidth: 'fast' is no rate",
            "[bandwidth]\nspeed = 1", "bandwidth.speed",
            "downloads = ", "config.toml"));
    mistakes.forEach((text, message) ->
        assertThatThrownBy(() -> settings(text))
            .as(text)
            .isInstanceOf(ConfigProblem.class)
            .hasMessageContaining(message));
  }
}
