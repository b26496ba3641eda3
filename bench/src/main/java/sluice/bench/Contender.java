package sluice.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs that are measured. */
enum Contender {
  LIBTORRENT,
  SLUICE;

  /** The script that drives libtorrent. */
  static Path script(Path root) {
    return root.resolve("interop/src/test/python/lt_peer.py");
  }

  /** The command that seeds {@code torrent} from {@code data} on any port of loopback. */
  List<String> seed(Path root, Path torrent, Path data, Carrier carrier) {
    return switch (this) {
      case LIBTORRENT -> libtorrent(root, torrent, data, carrier);
      case SLUICE -> sluice(root, "seed", torrent, data, carrier);
    };
  }

  /** The command that downloads from {@code ports} of loopback into {@code data} and stays. */
  List<String> get(Path root, Path torrent, Path data, Carrier carrier, List<Integer> ports) {
    List<String> command =
        switch (this) {
          case LIBTORRENT -> libtorrent(root, torrent, data, carrier);
          case SLUICE -> sluice(root, "get", torrent, data, carrier);
        };
    ports.forEach(port -> command.addAll(List.of("--peer", "127.0.0.1:" + port)));
    if (this == SLUICE) {
      command.add("--seed");
    }
    return command;
  }

  private static List<String> libtorrent(Path root, Path torrent, Path data, Carrier carrier) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                script(root).toString(),
                "run",
                torrent.toString(),
                data.toString(),
                "--no-tracker",
                "--keep"));
    switch (carrier) {
      case PLAIN -> {}
      case RC4 -> command.add("--rc4");
      case UTP -> command.add("--utp");
    }
    return command;
  }

  private static List<String> sluice(
      Path root, String verb, Path torrent, Path data, Carrier carrier) {
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("sluice").toString(),
                verb,
                torrent.toString(),
                "--dir",
                data.toString(),
                "--json",
                "--no-tracker",
                "--encryption",
                carrier == Carrier.RC4 ? "forced" : "allowed",
                "--bind",
                "127.0.0.1",
                "--port",
                "0"));
    if (carrier == Carrier.UTP) {
      command.add("--no-tcp");
    }
    return command;
  }
}
