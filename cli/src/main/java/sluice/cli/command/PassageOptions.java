package sluice.cli.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.client.passage.Passage;
import sluice.client.passage.ProxyRules;
import sluice.engine.policy.UrlGuard;
import sluice.transport.Binding;

/** The options that say how the network is reached: by proxies, and what may be asked at all. */
final class PassageOptions {
  private static final Map<String, UrlGuard> GUARDS =
      Map.of("strict", UrlGuard.STRICT, "normal", UrlGuard.NORMAL, "off", UrlGuard.OFF);

  private final OptionSpec proxies =
      Syntax.list(
              String.class,
              "--proxy",
              "[KINDS=]URL",
              "Go through this proxy and never around it: socks5://[USER:PASSWORD@]HOST:PORT or"
                  + " http://... KINDS are peers, trackers, web and udp (DHT and uTP), with commas"
                  + " between; all by default. In place of an URL: direct or none. May be given"
                  + " several times.")
          .converters(Converters::proxy)
          .build();

  private final OptionSpec isolate =
      Syntax.flag(
          "--proxy-isolation", "Have another login with the proxy for each torrent, as Tor wants.");

  private final OptionSpec anonymous =
      Syntax.flag(
          "--anonymous",
          "Let nothing out past the proxies, let nobody in, and tell nobody the program's name.");

  private final OptionSpec guard =
      Syntax.option(
              UrlGuard.class,
              "--url-guard",
              "LEVEL",
              "Which addresses in torrents may be asked: strict (public ones only), normal (those"
                  + " of this machine and network for plain announces and files only; default),"
                  + " off.")
          .converters(value -> Converters.word(value, "level", GUARDS))
          .initialValue(UrlGuard.NORMAL)
          .build();

  private final OptionSpec device =
      Syntax.option(
              String.class,
              "--interface",
              "NAME",
              "Send everything by this network interface, names too, and nothing while it is down.")
          .build();

  private final OptionSpec nameServers =
      Syntax.list(
              InetAddress.class,
              "--dns",
              "ADDR",
              "Ask this name server in place of the system's; may be given several times.")
          .converters(Converters::address)
          .build();

  private final OptionSpec noMapping =
      Syntax.flag("--no-port-mapping", "Do not ask the router to let peers in.");

  private final OptionSpec allTrackers =
      Syntax.flag(
          "--all-trackers",
          "Announce to every tracker of a torrent, not only to the first that answers.");

  private final OptionSpec dscp =
      Syntax.option(
              Integer.class, "--dscp", "N", "Mark all packets with this class, 0 to 63 (8: low).")
          .converters(Converters::dscp)
          .build();

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    for (OptionSpec option :
        List.of(
            proxies,
            isolate,
            anonymous,
            device,
            nameServers,
            noMapping,
            allTrackers,
            dscp,
            guard)) {
      command.addOption(option);
    }
  }

  /** The way of a question to the DHT, for which nobody is let in. */
  Passage ofQuestion() {
    return new Passage(
        ProxyRules.routes(proxies.getValue(), false),
        anonymous.getValue(),
        UrlGuard.NORMAL,
        binding(),
        false,
        false);
  }

  /** Makes those of a question to the DHT options of {@code command}. */
  void addForQuestion(CommandSpec command) {
    for (OptionSpec option : List.of(proxies, anonymous, device, nameServers, dscp)) {
      command.addOption(option);
    }
  }

  private Binding binding() {
    Integer mark = dscp.getValue();
    return new Binding(
        Optional.ofNullable(device.getValue()),
        nameServers.getValue(),
        mark == null ? OptionalInt.empty() : OptionalInt.of(mark));
  }

  /** What they say. */
  Passage passage() {
    return new Passage(
        ProxyRules.routes(proxies.getValue(), isolate.getValue()),
        anonymous.getValue(),
        guard.getValue(),
        binding(),
        !noMapping.<Boolean>getValue(),
        allTrackers.getValue());
  }
}
