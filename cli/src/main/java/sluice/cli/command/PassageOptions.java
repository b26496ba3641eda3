package sluice.cli.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.wiring.Passage;
import sluice.cli.wiring.ProxyRules;
import sluice.engine.policy.UrlGuard;

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

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    for (OptionSpec option : List.of(proxies, isolate, anonymous, guard)) {
      command.addOption(option);
    }
  }

  /** What they say. */
  Passage passage() {
    return new Passage(
        ProxyRules.routes(proxies.getValue(), isolate.getValue()),
        anonymous.getValue(),
        guard.getValue());
  }
}
