package sluice.tracker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tracker.http.HttpOptions;
import sluice.tracker.service.Rules;
import sluice.tracker.swarm.StoreLimits;

/** All keys of the configuration, their defaults, and what is said about mistakes. */
final class ConfigFileTest {
  private static final String ALL =
      """
      udp = ["6969", "192.0.2.1:1"]
      http = "[::1]:6969"
      https = ["443"]
      threads = 3
      [rules]
      interval = 1000
      min-interval = 500
      jitter-percent = 5
      default-want = 30
      max-want = 100
      announces-per-second = 5000
      address-per-second = 7
      [limits]
      swarms = 1000
      peers = 2000
      peers-of-swarm = 300
      [http-server]
      max-connections = 99
      idle = 11
      proxies = ["192.0.2.9"]
      forward-header = "Forwarded-For"
      [tls]
      certificate = "cert.pem"
      key = "key.pem"
      [access]
      mode = "allow"
      torrents = "list"
      users = "people"
      denied-clients = ["-XX"]
      [admin]
      token = "0123456789abcdef"
      [cluster]
      redis = "127.0.0.1:6379"
      secret = "fedcba9876543210"
      """;

  @TempDir Path folder;

  private TrackerSettings read(String text) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("tracker.toml"), text));
  }

  @Test
  void allKeysAreRead() throws IOException {
    TrackerSettings settings = read(ALL);
    assertThat(settings.udp())
        .containsExactly(
            new InetSocketAddress("0.0.0.0", 6969),
            new InetSocketAddress("::", 6969),
            new InetSocketAddress("192.0.2.1", 1));
    assertThat(settings.http()).containsExactly(new InetSocketAddress("::1", 6969));
    assertThat(settings.https()).hasSize(2);
    assertThat(settings.threads()).isEqualTo(3);
    assertThat(settings.rules()).isEqualTo(new Rules(1_000, 500, 5, 30, 100, 5_000, 7));
    assertThat(settings.limits()).isEqualTo(new StoreLimits(1_000, 2_000, 300));
    assertThat(settings.server())
        .isEqualTo(
            new HttpOptions(
                3, 99, 11, java.util.Set.of(InetAddress.ofLiteral("192.0.2.9")), "Forwarded-For"));
    assertThat(settings.tls().orElseThrow().key()).isEqualTo(folder.resolve("key.pem"));
    assertThat(settings.access().mode()).isEqualTo(AccessSettings.Mode.ALLOW);
    assertThat(settings.access().files())
        .containsExactly(folder.resolve("list"), folder.resolve("people"));
    assertThat(settings.access().deniedClients()).containsExactly("-XX");
    assertThat(settings.token()).isEqualTo("0123456789abcdef");
    assertThat(settings.cluster().orElseThrow().redis().getPort()).isEqualTo(6379);
    assertThat(settings.toString() + settings.cluster())
        .doesNotContain("0123456789abcdef")
        .doesNotContain("fedcba9876543210");
  }

  @Test
  void anEmptyFileIsTheDefault() throws IOException {
    assertThat(read("")).isEqualTo(TrackerSettings.DEFAULT);
    assertThat(TrackerSettings.DEFAULT.rules())
        .isEqualTo(new Rules(1_800, 900, 10, 50, 200, 100_000, 1_000));
    assertThat(TrackerSettings.DEFAULT.isListening()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "upd = '6969' | unknown key upd; the nearest known key is udp",
        "[rules]#intervall = 3 | unknown key rules.intervall; the nearest known key is rules.inter",
        "[rule]#interval = 3 | unknown key rule; the nearest known key is rules",
        "udp = 6969.5 | udp is a list of texts",
        "udp = 'nowhere' | 'nowhere' is no address",
        "udp = ['1.2.3.4:99999'] | is no address",
        "threads = 'many' | threads is a whole number",
        "threads = 0 | threads",
        "rules = 3 | rules is a table: write [rules]",
        "[rules]#interval = 0 | interval is out of range",
        "[rules]#interval = 20000 | interval is out of range",
        "[rules]#max-want = 5 | default-want is out of range",
        "[access]#mode = 'shut' | access.mode is open, allow or deny",
        "[access]#mode = 'allow' | access.torrents",
        "[admin]#token = 'short' | at least 16",
        "[cluster]#redis = '127.0.0.1:1' | cluster.secret",
        "https = '443' | https needs tls.certificate",
        "[tls]#key = 'x' | belong together",
        "[http-server]#proxies = 'nginx' | 'nginx' is no IP address",
        "= | is no TOML",
        "a = 1#a = 2 | is no TOML",
      })
  void mistakesAreExplained(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace('#', '\n')))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining(problem);
  }
}
