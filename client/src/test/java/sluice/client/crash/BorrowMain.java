package sluice.client.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.TorrentHandle;

/**
 * A client that has the torrent {@code lender.torrent} of its folder, and gets {@code
 * borrower.torrent} from there, without any peer; it may be killed at any time.
 */
final class BorrowMain {
  private BorrowMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Client client = Client.open(Subject.config(folder))) {
      TorrentHandle lender = torrent(client, 0, folder, "lender", "source");
      lender.awaitCompletion();
      TorrentHandle borrower = torrent(client, 1, folder, "borrower", "data");
      borrower.awaitCompletion();
      long downloaded = borrower.snapshot().orElseThrow().downloaded();
      Subject.say("complete, downloaded " + downloaded);
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
