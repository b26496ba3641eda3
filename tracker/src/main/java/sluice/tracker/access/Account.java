package sluice.tracker.access;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.tracker.service.Progress;

/**
 * What one user says to have moved. It is what clients say, so nothing of worth may depend on it.
 * Any thread.
 */
public final class Account {
  private static final int MAX_TRANSFERS = 10_000;

  private final String name;
  private final Map<Transfer, Progress> transfers = new LinkedHashMap<>();
  private long uploaded;
  private long downloaded;
  private long announces;

  Account(String name) {
    this.name = name;
  }

  /** One torrent at one client of the user. */
  private record Transfer(TorrentKey torrent, long client) {}

  /**
   * The sums of an account.
   *
   * @param name of the user
   * @param uploaded bytes
   * @param downloaded bytes
   * @param announces how many
   * @param transfers torrents at clients that have announced and not stopped
   */
  public record Sums(String name, long uploaded, long downloaded, long announces, int transfers) {}

  String name() {
    return name;
  }

  /** Adds what has been moved since the last announce; the first one of a transfer adds nothing. */
  synchronized void add(TorrentKey torrent, long client, boolean goesOn, Progress progress) {
    announces++;
    Transfer transfer = new Transfer(torrent, client);
    Progress before = transfers.remove(transfer);
    if (before != null) {
      uploaded += Math.max(0, progress.uploaded() - before.uploaded());
      downloaded += Math.max(0, progress.downloaded() - before.downloaded());
    }
    if (goesOn) {
      if (transfers.size() == MAX_TRANSFERS) {
        transfers.remove(transfers.keySet().iterator().next());
      }
      transfers.put(transfer, progress);
    }
  }

  /** The sums so far. */
  public synchronized Sums sums() {
    return new Sums(name, uploaded, downloaded, announces, transfers.size());
  }
}
