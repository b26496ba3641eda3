package sluice.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** libtorrent, driven by a script of ours under the system's Python. */
final class Libtorrent implements Peer {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Pattern PAD = Pattern.compile("\"path\": \"([^\"]+)\", \"length\": (\\d+)");
  private static final boolean INSTALLED = isInstalled();

  private final RealProcess process;
  private final boolean seed;

  private Libtorrent(RealProcess process, boolean seed) {
    this.process = process;
    this.seed = seed;
  }

  static Libtorrent start(Job job) {
    List<String> command = command("run", job.torrent(), job.data().toString());
    command.add("--keep");
    if (!job.tracker()) {
      command.add("--no-tracker");
    }
    if (job.rc4()) {
      command.add("--rc4");
    }
    if (job.utp()) {
      command.add("--utp");
    }
    if (job.downBytesPerSecond() > 0) {
      command.addAll(List.of("--down", Integer.toString(job.downBytesPerSecond())));
    }
    job.dht().ifPresent(node -> command.addAll(List.of("--dht", node.toString())));
    job.peers().forEach(peer -> command.addAll(List.of("--peer", peer)));
    return new Libtorrent(RealProcess.start("libtorrent", job.work(), command), job.seed());
  }

  /** Makes a torrent file with {@code options} of the script and tells its hashes. */
  static Created create(Path content, Path torrent, List<String> options) {
    List<String> command = command("create", content.toString(), torrent.toString());
    command.addAll(options);
    try (RealProcess maker = RealProcess.start("lt create", content.getParent(), command)) {
      String line = maker.awaitLine("torrent", Patience.STEP, l -> l.contains("created"));
      return new Created(Json.text(line, "v1"), Json.text(line, "v2"), pads(line));
    }
  }

  /** Writes {@code torrent} without its piece layers to {@code bare}. */
  static void strip(Path torrent, Path bare) {
    List<String> command = command("strip", torrent.toString(), bare.toString());
    try (RealProcess maker = RealProcess.start("lt strip", torrent.getParent(), command)) {
      maker.awaitLine("torrent", Patience.STEP, l -> l.contains("stripped"));
    }
  }

  @Override
  public int port() {
    String line = process.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
    return (int) Json.number(line, "port");
  }

  @Override
  public void awaitReady() {
    port();
    process.awaitLine("check", Patience.STEP, l -> Json.isEvent(l, "checked"));
    if (seed) {
      awaitComplete();
    }
  }

  @Override
  public void awaitComplete() {
    process.awaitLine("completion", Patience.STEP, l -> Json.isEvent(l, "complete"));
  }

  @Override
  public RealProcess process() {
    return process;
  }

  /** How the script is started with {@code arguments}. */
  static List<String> command(String... arguments) {
    Program.need("python3-libtorrent", INSTALLED);
    Path script = Sluice.root().resolve("interop/src/test/python/lt_peer.py");
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Map<String, Integer> pads(String line) {
    Map<String, Integer> pads = new LinkedHashMap<>();
    Matcher pad = PAD.matcher(line);
    while (pad.find()) {
      pads.put(pad.group(1), Integer.valueOf(pad.group(2)));
    }
    return pads;
  }

  private static boolean isInstalled() {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return false;
    }
    Path here = Path.of("").toAbsolutePath();
    List<String> command = List.of(PYTHON, "-c", "import libtorrent");
    try (RealProcess probe = RealProcess.start("python", here, command)) {
      return probe.awaitExit(Patience.STEP) == 0;
    }
  }

  /** Hashes of a torrent in hex, empty where there is none, and the lengths of pads by path. */
  record Created(String v1, String v2, Map<String, Integer> pads) {
    Created {
      pads = Collections.unmodifiableMap(new LinkedHashMap<>(pads));
    }

    /** The hashes by which a tracker knows the torrent. */
    List<String> wire() {
      List<String> all = new ArrayList<>();
      Optional.of(v1).filter(h -> !h.isEmpty()).ifPresent(all::add);
      Optional.of(v2).filter(h -> !h.isEmpty()).ifPresent(h -> all.add(h.substring(0, 40)));
      return all;
    }
  }
}
