package sluice.client.crash;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;

/**
 * A client that has the torrent {@code lender.torrent} of its folder, and gets {@code
 * borrower.torrent} from there, without any peer; it may be killed at any time.
 */
final class BorrowMain {
  private BorrowMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    ClientConfig config =
        ClientConfig.of(
                EngineConfig.defaults(List.of(new Endpoint(InetAddress.getLoopbackAddress(), 0))))
            .keep(folder.resolve("state"));
    try (Client client = Client.open(config)) {
      TorrentHandle lender = torrent(client, 0, folder, "lender", "source");
      lender.awaitCompletion();
      TorrentHandle borrower = torrent(client, 1, folder, "borrower", "data");
      borrower.awaitCompletion();
      long downloaded = borrower.snapshot().orElseThrow().downloaded();
      System.out.print("complete, downloaded " + downloaded + "\n");
      System.out.flush();
    }
  }

  private static TorrentHandle torrent(
      Client client, int number, Path folder, String name, String data) throws Exception {
    List<TorrentHandle> there = client.torrents();
    return number < there.size()
        ? there.get(number)
        : client.add(
            Files.readAllBytes(folder.resolve(name + ".torrent")),
            AddOptions.into(folder.resolve(data)).withoutTrackers());
  }
}
