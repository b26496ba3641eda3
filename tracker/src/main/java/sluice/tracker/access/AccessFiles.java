package sluice.tracker.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tracker.config.AccessSettings;
import sluice.tracker.config.ConfigProblem;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Passkeys;

/** Reads lists from files and makes gates of them. */
public final class AccessFiles {
  private static final int HASH_DIGITS = 40;
  private static final int MAX_LINES = 20_000_000;
  private static final int MAX_NAME_CHARS = 100;

  private AccessFiles() {}

  /**
   * A gate by {@code settings}. Accounts of users that {@code before} has, too, go on.
   *
   * @throws ConfigProblem if a line makes no sense
   */
  public static Gate gate(AccessSettings settings, Gate before) throws IOException {
    if (settings.equals(AccessSettings.OPEN)) {
      return Gate.OPEN;
    }
    Map<String, Account> accounts = before instanceof AccessGate old ? old.users() : Map.of();
    Set<TorrentKey> torrents =
        settings.torrents().isPresent() ? torrents(settings.torrents().get()) : Set.of();
    Optional<Map<String, Account>> users =
        settings.users().isPresent()
            ? Optional.of(users(settings.users().get(), accounts))
            : Optional.empty();
    return new AccessGate(settings.mode(), torrents, users, settings.deniedClients());
  }

  private static Set<TorrentKey> torrents(Path file) throws IOException {
    Set<TorrentKey> torrents = new HashSet<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String hash = content(line);
      if (hash.isEmpty()) {
        continue;
      }
      if (hash.length() != HASH_DIGITS || !hash.matches("[0-9A-Fa-f]+")) {
        throw new ConfigProblem(file + ":" + number + ": not 40 hex digits");
      }
      torrents.add(TorrentKey.of(HexFormat.of().parseHex(hash)));
    }
    return torrents;
  }

  private static Map<String, Account> users(Path file, Map<String, Account> before)
      throws IOException {
    Map<String, Account> users = new HashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String[] words = content(line).split("\\s+", 2);
      if (words[0].isEmpty()) {
        continue;
      }
      String name = words.length > 1 ? words[1].strip() : "user " + number;
      if (!Passkeys.isLegal(words[0]) || name.length() > MAX_NAME_CHARS) {
        throw new ConfigProblem(
            file + ":" + number + ": not PASSKEY NAME; a passkey has 1 to 64 letters and digits");
      }
      Account known = before.get(words[0]);
      users.put(words[0], known != null && known.name().equals(name) ? known : new Account(name));
    }
    return users;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() > MAX_LINES) {
      throw new ConfigProblem(file + " has more than " + MAX_LINES + " lines");
    }
    return lines;
  }

  /** The line without its comment. */
  private static String content(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }
}
