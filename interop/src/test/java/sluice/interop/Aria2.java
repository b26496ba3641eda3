package sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * aria2. It asks trackers by UDP only while its DHT is on, which knows nobody then. It knows v1
 * only: of a hybrid torrent it announces the hash of an info dictionary that it wrote anew without
 * what it does not know, so nobody finds it there ({@code aria2c --show-files} prints that hash).
 */
final class Aria2 implements Peer {
  private final RealProcess process;
  private final Rpc rpc;
  private final int port;
  private final boolean seed;

  private Aria2(RealProcess process, Rpc rpc, int port, boolean seed) {
    this.process = process;
    this.rpc = rpc;
    this.port = port;
    this.seed = seed;
  }

  static Aria2 start(Job job) {
    Program.need("aria2", Program.isOnPath("aria2c"));
    int port = Patience.freePort();
    int rpcPort = Patience.freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "aria2c",
                "--no-conf",
                "--enable-rpc",
                "--rpc-listen-port=" + rpcPort,
                "--dir=" + job.data(),
                "--listen-port=" + port,
                "--enable-dht=" + (job.dht().isPresent() || asksByUdp(job)),
                "--dht-listen-port=" + port,
                "--dht-file-path=" + job.work().resolve("aria2.dht"),
                "--enable-dht6=false",
                "--bt-enable-lpd=false",
                "--enable-peer-exchange=false",
                "--disable-ipv6=true",
                "--check-integrity=true",
                "--seed-ratio=0.0",
                "--allow-overwrite=true",
                "--file-allocation=none",
                "--bt-require-crypto=" + job.rc4(),
                "--bt-min-crypto-level=" + (job.rc4() ? "arc4" : "plain"),
                "--summary-interval=0",
                "--enable-color=false"));
    if (!job.tracker()) {
      command.add("--bt-exclude-tracker=*");
    }
    job.dht().ifPresent(node -> command.add("--dht-entry-point=" + node));
    command.add(job.torrent());
    RealProcess process = RealProcess.start("aria2", job.work(), command);
    return new Aria2(process, new Rpc(rpcPort, "/jsonrpc"), port, job.seed()).listening(rpcPort);
  }

  private static boolean asksByUdp(Job job) {
    try {
      return job.tracker()
          && !job.isMagnet()
          && Files.readString(Path.of(job.torrent()), ISO_8859_1).contains("udp://");
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
    Patience.awaitListening(port, process);
    if (seed) {
      awaitComplete();
    }
  }

  @Override
  public void awaitComplete() {
    Patience.await(
        "completion",
        Patience.STEP,
        () -> process + "\n" + state(),
        () -> state().contains("\"seeder\":\"true\""));
  }

  @Override
  public RealProcess process() {
    return process;
  }

  private Aria2 listening(int rpcPort) {
    Patience.awaitListening(rpcPort, process);
    return this;
  }

  private String state() {
    return rpc.call("{\"jsonrpc\": \"2.0\", \"id\": \"1\", \"method\": \"aria2.tellActive\"}");
  }
}
