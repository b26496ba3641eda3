package sluice.tracker.access;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import sluice.protocol.digest.Hash;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Visit;

/**
 * A gate to the torrents that a program names, one by one, while its tracker runs: a client that
 * has a tracker of its own serves its own torrents and nobody else's. Any thread.
 */
public final class NamedTorrents implements Gate {
  private final Set<TorrentKey> torrents = ConcurrentHashMap.newKeySet();

  /** A gate to nothing yet. */
  public NamedTorrents() {}

  /** Serves a torrent from here on: its v1 hash, or the first 20 bytes of its v2 hash. */
  public void add(Hash infoHash) {
    torrents.add(TorrentKey.of(infoHash.bytes()));
  }

  /** Refuses it from here on; its peers are forgotten when they do not come back. */
  public void remove(Hash infoHash) {
    torrents.remove(TorrentKey.of(infoHash.bytes()));
  }

  /** Serves these and no others; those that are served before and after this are all the while. */
  public void replace(Collection<Hash> infoHashes) {
    Set<TorrentKey> kept =
        infoHashes.stream()
            .map(hash -> TorrentKey.of(hash.bytes()))
            .collect(Collectors.toUnmodifiableSet());
    torrents.addAll(kept);
    torrents.retainAll(kept);
  }

  @Override
  public Verdict admit(Visit visit, long client, String passkey) {
    return admitScrape(visit, passkey);
  }

  @Override
  public Verdict admitScrape(Visit visit, String passkey) {
    return torrents.contains(TorrentKey.of(visit)) ? Verdict.ADMITTED : Verdict.TORRENT_NOT_HERE;
  }
}
