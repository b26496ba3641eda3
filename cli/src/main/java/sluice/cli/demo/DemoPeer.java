package sluice.cli.demo;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import sluice.cli.wiring.Trading;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.Startup;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;

/** A client of the demonstration, with one torrent. */
final class DemoPeer implements AutoCloseable {
  private static final int PERCENT = 100;

  private final String name;
  private final Trading trading;
  private final Client client;
  private final TorrentHandle torrent;
  private double doneSeconds = -1;

  private DemoPeer(String name, Trading trading, Client client, TorrentHandle torrent) {
    this.name = name;
    this.trading = trading;
    this.client = client;
    this.torrent = torrent;
  }

  /** Starts a client on loopback that uploads at most {@code upBytesPerSecond}. */
  static DemoPeer start(
      String name, Trading trading, long upBytesPerSecond, int slots, byte[] file, Path folder) {
    EngineConfig engine = EngineConfig.loopback().limits(0, upBytesPerSecond).uploadSlots(slots);
    Startup startup =
        new Startup(event -> {}, UnaryOperator.identity()).extended(trading::extensions);
    Client client = Client.open(ClientConfig.of(engine), startup);
    return new DemoPeer(name, trading, client, client.add(file, AddOptions.into(folder)));
  }

  /** Looks at it; {@code seconds} have passed since the begin. */
  int percent(double seconds) {
    TorrentSnapshot seen = torrent.snapshot().orElse(null);
    if (seen == null || seen.wantedBytes() == 0) {
      return 0;
    }
    int percent = (int) (PERCENT * seen.haveBytes() / seen.wantedBytes());
    if (percent == PERCENT && doneSeconds < 0) {
      doneSeconds = seconds;
    }
    return percent;
  }

  /** When it had everything; negative if it has not. */
  double doneSeconds() {
    return doneSeconds;
  }

  /** Bytes that it has uploaded. */
  long uploaded() {
    return torrent.snapshot().map(TorrentSnapshot::uploaded).orElse(0L);
  }

  String name() {
    return name;
  }

  /** Pays what it owes, and leaves. */
  @Override
  public void close() {
    trading.leave();
    client.close();
  }
}
