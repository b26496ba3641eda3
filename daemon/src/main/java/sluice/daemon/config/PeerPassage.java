package sluice.daemon.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import sluice.client.passage.Passage;
import sluice.client.passage.ProxyRules;
import sluice.engine.policy.UrlGuard;
import sluice.transport.Binding;
import sluice.transport.Routes;

/** Makes the way to the network of what the configuration says. */
final class PeerPassage {
  private static final int MAX_RULES = 100;
  private static final int MAX_DSCP = 63;

  private PeerPassage() {}

  /**
   * The way.
   *
   * @param here whether peers are of this machine only
   */
  static Passage of(ConfigFile.Network said, boolean here) {
    boolean mapPorts = said.portMapping() == null || said.portMapping();
    return new Passage(
        routes(said),
        isSaid(said.anonymous()),
        guard(said.urlGuard()),
        binding(said),
        mapPorts && !here,
        isSaid(said.allTrackers()));
  }

  private static boolean isSaid(@Nullable Boolean said) {
    return said != null && said;
  }

  private static Routes routes(ConfigFile.Network said) {
    List<String> rules = Objects.requireNonNullElse(said.proxies(), List.of());
    if (rules.size() > MAX_RULES) {
      throw new ConfigProblem("network.proxies: at most " + MAX_RULES);
    }
    try {
      return ProxyRules.routes(rules, isSaid(said.proxyIsolation()));
    } catch (IllegalArgumentException e) {
      throw new ConfigProblem("network.proxies: " + e.getMessage());
    }
  }

  private static UrlGuard guard(@Nullable String said) {
    return switch (said == null ? "normal" : said) {
      case "strict" -> UrlGuard.STRICT;
      case "normal" -> UrlGuard.NORMAL;
      case "off" -> UrlGuard.OFF;
      default -> throw new ConfigProblem("network.url-guard is strict, normal or off");
    };
  }

  private static Binding binding(ConfigFile.Network said) {
    List<String> servers = Objects.requireNonNullElse(said.dns(), List.of());
    return new Binding(
        Optional.ofNullable(said.device()),
        servers.stream().map(text -> PeerNetwork.literal("network.dns", text)).toList(),
        dscp(said.dscp()));
  }

  private static OptionalInt dscp(@Nullable Integer said) {
    if (said == null) {
      return OptionalInt.empty();
    }
    if (said < 0 || said > MAX_DSCP) {
      throw new ConfigProblem("network.dscp is from 0 to " + MAX_DSCP + ": " + said);
    }
    return OptionalInt.of(said);
  }
}
