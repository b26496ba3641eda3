package sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;

/**
 * transmission-daemon. It never connects to 127.0.0.0/8, so whoever exchanges with it connects to
 * it. It knows v1 only, takes pad files for files and refuses hybrids (Debian's 3.00).
 */
final class Transmission implements Peer {
  private final RealProcess process;
  private final Rpc rpc;
  private final int port;
  private final boolean seed;
  private final String host;

  private Transmission(RealProcess process, Rpc rpc, int port, Job job) {
    this.process = process;
    this.rpc = rpc;
    this.port = port;
    this.seed = job.seed();
    this.host = job.host();
  }

  static Transmission start(Job job) {
    Program.need("transmission-daemon", Program.isOnPath("transmission-daemon"));
    int port = Patience.freePort();
    int rpcPort = Patience.freePort();
    try {
      Path settings = Files.createDirectories(job.work().resolve("transmission"));
      Files.writeString(settings.resolve("settings.json"), settings(port, rpcPort, job));
      if (job.dht().isPresent()) {
        Files.write(settings.resolve("dht.dat"), knownNodes(job.dhtNodes()));
      }
      List<String> command = List.of("transmission-daemon", "-f", "-g", settings.toString());
      RealProcess process = RealProcess.start("transmission", job.work(), command);
      Rpc rpc = new Rpc(rpcPort, "/transmission/rpc");
      Transmission peer = new Transmission(process, rpc, port, job);
      Patience.awaitListening(rpcPort, process);
      peer.add(job);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void awaitReady() {
    if (host.equals(Job.LOOPBACK)) {
      Patience.awaitListening(port, process);
    }
    if (seed) {
      awaitComplete();
    } else {
      Patience.await("download", Patience.STEP, this::state, () -> status() == 4);
    }
  }

  @Override
  public void awaitComplete() {
    Patience.await("completion", Patience.STEP, this::state, this::isSeeding);
  }

  @Override
  public RealProcess process() {
    return process;
  }

  private boolean isSeeding() {
    return status() == 6 && Json.number(state(), "leftUntilDone") == 0;
  }

  private int status() {
    return (int) Json.number(state(), "status");
  }

  private String state() {
    return rpc.call(
        """
        {"method": "torrent-get", "arguments": {"fields": ["status", "leftUntilDone",
        "percentDone", "error", "errorString", "peersConnected", "trackerStats"]}}
        """);
  }

  private void add(Job job) throws IOException {
    String what =
        job.isMagnet()
            ? "\"filename\": \"%s\"".formatted(job.torrent())
            : "\"metainfo\": \"%s\"".formatted(base64(Path.of(job.torrent())));
    String answer =
        rpc.call(
            """
            {"method": "torrent-add", "arguments": {%s, "download-dir": "%s"}}
            """
                .formatted(what, job.data()));
    if (!answer.contains("torrent-added")) {
      throw new AssertionError("not added: " + answer);
    }
  }

  /**
   * The state of the DHT as a session before has left it: it asks these every other second. By one
   * node that it enters by, it takes a minute and more until it knows the nine without which it
   * looks for nobody.
   */
  private static byte[] knownNodes(List<Endpoint> nodes) {
    ByteBuffer compact = ByteBuffer.allocate(nodes.size() * CompactPeers.stride(false));
    nodes.forEach(node -> CompactPeers.write(node, compact));
    return Bencode.write(BDictionary.builder().put("nodes", compact.array()).build());
  }

  private static String base64(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }

  private static String settings(int port, int rpcPort, Job job) {
    return """
    {"rpc-enabled": true, "rpc-bind-address": "127.0.0.1", "rpc-port": %d,
    "rpc-whitelist-enabled": false, "rpc-host-whitelist-enabled": false,
    "rpc-authentication-required": false, "bind-address-ipv4": "%s",
    "bind-address-ipv6": "::1", "peer-port": %d, "peer-port-random-on-start": false,
    "dht-enabled": %s, "lpd-enabled": false, "pex-enabled": false, "utp-enabled": %s,
    "port-forwarding-enabled": false, "encryption": %d, "download-dir": "%s",
    "blocklist-enabled": false, "watch-dir-enabled": false, "incomplete-dir-enabled": false,
    "ratio-limit-enabled": false, "idle-seeding-limit-enabled": false,
    "rename-partial-files": false, "start-added-torrents": true}
    """
        .formatted(
            rpcPort,
            job.host(),
            port,
            job.dht().isPresent(),
            job.utp(),
            job.rc4() ? 2 : 0,
            job.data());
  }
}
