package sluice.daemon.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.daemon.web.PemFiles;
import sluice.protocol.address.IpNetwork;

/**
 * How the web server is reached.
 *
 * @param tls its certificate, if it has one of its own
 * @param proxies that are believed when they say for whom they ask
 */
public record DoorSettings(Optional<PemFiles> tls, List<IpNetwork> proxies) {
  /** Without encryption and proxies. */
  public static final DoorSettings PLAIN = new DoorSettings(Optional.empty(), List.of());

  private static final int MAX_PROXIES = 100;

  public DoorSettings {
    proxies = List.copyOf(proxies);
  }

  static DoorSettings of(ConfigFile.@Nullable Tls tls, @Nullable List<String> proxies) {
    List<IpNetwork> networks = new ArrayList<>();
    for (String text : proxies == null ? List.<String>of() : proxies) {
      networks.add(
          IpNetwork.parse(text)
              .orElseThrow(
                  () -> new ConfigProblem("web.proxies: '" + text + "' is no address or network")));
    }
    if (networks.size() > MAX_PROXIES) {
      throw new ConfigProblem("web.proxies: at most " + MAX_PROXIES);
    }
    return new DoorSettings(Optional.ofNullable(tls).map(DoorSettings::files), networks);
  }

  private static PemFiles files(ConfigFile.Tls said) {
    return new PemFiles(file("certificate", said.certificate()), file("key", said.key()));
  }

  private static Path file(String name, @Nullable String text) {
    Path file =
        DaemonSettings.folder(text)
            .orElseThrow(() -> new ConfigProblem("web.tls needs certificate and key"));
    if (!Files.isReadable(file)) {
      throw new ConfigProblem("web.tls." + name + ": " + file + " cannot be read");
    }
    return file;
  }
}
