package sluice.tracker.access;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tracker.config.AccessSettings.Mode;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Progress;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Visit;

/** A gate by lists. */
public final class AccessGate implements Gate {
  private final Mode mode;
  private final Set<TorrentKey> torrents;
  private final Optional<Map<String, Account>> users;
  private final long[] clientMasks;
  private final long[] clients;

  AccessGate(
      Mode mode,
      Set<TorrentKey> torrents,
      Optional<Map<String, Account>> users,
      List<String> deniedClients) {
    this.mode = mode;
    this.torrents = Set.copyOf(torrents);
    this.users = users.map(Map::copyOf);
    this.clients = new long[deniedClients.size()];
    this.clientMasks = new long[deniedClients.size()];
    for (int i = 0; i < clients.length; i++) {
      byte[] start = deniedClients.get(i).getBytes(StandardCharsets.ISO_8859_1);
      for (int b = 0; b < Math.min(Long.BYTES, start.length); b++) {
        int shift = Long.SIZE - 8 - 8 * b;
        clients[i] |= (start[b] & 0xffL) << shift;
        clientMasks[i] |= 0xffL << shift;
      }
    }
  }

  @Override
  public boolean readsPasskeys() {
    return users.isPresent();
  }

  @Override
  public Verdict admit(Visit visit, long client, String passkey) {
    for (int i = 0; i < clients.length; i++) {
      if ((client & clientMasks[i]) == clients[i]) {
        return Verdict.CLIENT_REFUSED;
      }
    }
    return admitScrape(visit, passkey);
  }

  @Override
  public Verdict admitScrape(Visit visit, String passkey) {
    if (users.isPresent() && !users.get().containsKey(passkey)) {
      return passkey.isEmpty() ? Verdict.PASSKEY_MISSING : Verdict.PASSKEY_UNKNOWN;
    }
    return switch (mode) {
      case OPEN -> Verdict.ADMITTED;
      case ALLOW ->
          torrents.contains(TorrentKey.of(visit)) ? Verdict.ADMITTED : Verdict.TORRENT_NOT_LISTED;
      case DENY ->
          torrents.contains(TorrentKey.of(visit)) ? Verdict.TORRENT_DENIED : Verdict.ADMITTED;
    };
  }

  @Override
  public void served(Visit visit, long client, boolean goesOn, String passkey, Progress progress) {
    if (users.isPresent()) {
      Account account = users.get().get(passkey);
      if (account != null) {
        account.add(TorrentKey.of(visit), client, goesOn, progress);
      }
    }
  }

  /** Torrents of the list. */
  public int torrents() {
    return torrents.size();
  }

  /** Accounts, by name; none if everyone is served. */
  public List<Account.Sums> accounts() {
    return users.map(Map::values).stream()
        .flatMap(java.util.Collection::stream)
        .map(Account::sums)
        .sorted(java.util.Comparator.comparing(Account.Sums::name))
        .toList();
  }

  /** The accounts by passkey, for a gate that follows this one. */
  Map<String, Account> users() {
    return users.orElse(Map.of());
  }
}
