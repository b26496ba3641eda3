package sluice.tracker.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.address.IpLiteral;
import sluice.tracker.http.HttpOptions;
import sluice.tracker.service.Rules;
import sluice.tracker.swarm.StoreLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the tracker's configuration file. */
public final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MIN_TOKEN_CHARS = 16;

  private final Path folder;
  private final Section root;

  private ConfigFile(Path folder, Section root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * The settings in {@code file}; what it does not say is as in {@link TrackerSettings#DEFAULT}.
   *
   * @throws ConfigProblem if something in it makes no sense
   */
  public static TrackerSettings read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new ConfigProblem(file + " is larger than " + MAX_BYTES + " bytes");
    }
    try {
      Section root = new Section("", new TomlMapper().readTree(Files.readString(file)));
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      TrackerSettings settings = new ConfigFile(folder, root).settings();
      root.finish();
      return settings;
    } catch (JacksonException e) {
      throw new ConfigProblem(file + " is no TOML: " + e.getOriginalMessage());
    } catch (ConfigProblem e) {
      throw new ConfigProblem(file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigProblem(file + ": " + e.getMessage());
    }
  }

  private TrackerSettings settings() throws ConfigProblem {
    TrackerSettings usual = TrackerSettings.DEFAULT;
    return new TrackerSettings(
        addresses("udp"),
        addresses("http"),
        addresses("https"),
        root.integer("threads", usual.threads()),
        rules(root.section("rules")),
        limits(root.section("limits")),
        http(root.section("http-server"), root.integer("threads", usual.threads())),
        tls(root.section("tls")),
        access(root.section("access")),
        token(root.section("admin")),
        cluster(root.section("cluster")),
        level(root.section("log")));
  }

  private List<InetSocketAddress> addresses(String key) throws ConfigProblem {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String text : root.texts(key)) {
      addresses.addAll(
          Listen.parse(text)
              .orElseThrow(() ->
                  new ConfigProblem(
                      key
                          + ": '"
                          + text
                          + "' is no address; write it like \"6969\" or"
                          + " \"192.0.2.1:6969\""))
              .addresses());
    }
    return addresses;
  }

  private static Rules rules(Section s) throws ConfigProblem {
    Rules usual = Rules.DEFAULT;
    int interval = s.integer("interval", usual.intervalSeconds());
    return new Rules(
        interval,
        s.integer("min-interval", Math.min(interval, usual.minIntervalSeconds())),
        s.integer("jitter-percent", usual.jitterPercent()),
        s.integer("default-want", usual.defaultWant()),
        s.integer("max-want", usual.maxWant()),
        s.integer("announces-per-second", usual.announcesPerSecond()),
        s.integer("address-per-second", usual.addressPerSecond()));
  }

  private static StoreLimits limits(Section s) throws ConfigProblem {
    StoreLimits usual = StoreLimits.DEFAULT;
    return new StoreLimits(
        s.integer("swarms", usual.swarms()),
        s.integer("peers", usual.peers()),
        s.integer("peers-of-swarm", usual.peersOfSwarm()));
  }

  private static HttpOptions http(Section s, int threads) throws ConfigProblem {
    HttpOptions usual = HttpOptions.of(threads);
    Set<InetAddress> proxies = new HashSet<>();
    for (String proxy : s.texts("proxies")) {
      proxies.add(
          IpLiteral.parse(proxy)
              .orElseThrow(() -> new ConfigProblem("proxies: '" + proxy + "' is no IP address")));
    }
    return new HttpOptions(
        threads,
        s.integer("max-connections", usual.maxConnections()),
        s.integer("idle", usual.idleSeconds()),
        proxies,
        s.text("forward-header", usual.forwardHeader()));
  }

  private Optional<TrackerSettings.Tls> tls(Section s) throws ConfigProblem {
    String certificate = s.text("certificate", "");
    String key = s.text("key", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigProblem("tls.certificate and tls.key belong together");
    }
    return certificate.isEmpty()
        ? Optional.empty()
        : Optional.of(new TrackerSettings.Tls(folder.resolve(certificate), folder.resolve(key)));
  }

  private AccessSettings access(Section s) throws ConfigProblem {
    String mode = s.text("mode", "open");
    if (!List.of("open", "allow", "deny").contains(mode)) {
      throw new ConfigProblem("access.mode is open, allow or deny");
    }
    Optional<Path> torrents = path(s, "torrents");
    if (mode.equals("open") == torrents.isPresent()) {
      throw new ConfigProblem("access.torrents is for the modes allow and deny");
    }
    return new AccessSettings(
        AccessSettings.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
        torrents,
        path(s, "users"),
        s.texts("denied-clients"));
  }

  private Optional<Path> path(Section s, String key) throws ConfigProblem {
    String text = s.text(key, "");
    return text.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(text));
  }

  private static String token(Section s) throws ConfigProblem {
    String token = s.text("token", "");
    if (!token.isEmpty() && token.length() < MIN_TOKEN_CHARS) {
      throw new ConfigProblem("admin.token has at least " + MIN_TOKEN_CHARS + " characters");
    }
    return token;
  }

  private static System.Logger.Level level(Section s) throws ConfigProblem {
    String level = s.text("level", "info");
    if (!List.of("off", "error", "warning", "info", "debug").contains(level)) {
      throw new ConfigProblem("log.level is off, error, warning, info or debug");
    }
    return System.Logger.Level.valueOf(level.toUpperCase(Locale.ROOT));
  }

  private Optional<TrackerSettings.Cluster> cluster(Section s) throws ConfigProblem {
    String redis = s.text("redis", "");
    String secret = s.text("secret", "");
    String password = s.text("password", "");
    if (redis.isEmpty()) {
      return Optional.empty();
    }
    InetSocketAddress address =
        Listen.parse(redis)
            .filter(listen -> listen.addresses().size() == 1)
            .map(listen -> listen.addresses().getFirst())
            .orElseThrow(() -> new ConfigProblem("cluster.redis is an address and a port"));
    if (secret.length() < MIN_TOKEN_CHARS) {
      throw new ConfigProblem("cluster.secret has at least " + MIN_TOKEN_CHARS + " characters");
    }
    return Optional.of(
        new TrackerSettings.Cluster(address, secret, password, path(s, "certificates")));
  }
}
