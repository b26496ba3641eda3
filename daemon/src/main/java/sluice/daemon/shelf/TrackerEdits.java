package sluice.daemon.shelf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.daemon.web.Problem;

/** Changes of the trackers of a torrent, which are in tiers (BEP 12). Pure. */
public final class TrackerEdits {
  /** Most trackers of a torrent. */
  public static final int MAX_TRACKERS = 100;

  private static final int MAX_URL_CHARS = 2_048;
  private static final Set<String> SCHEMES = Set.of("http", "https", "udp", "ws", "wss");

  private TrackerEdits() {}

  /** With {@code more}, each in a tier of its own behind those before. */
  public static List<List<String>> add(List<List<String>> tiers, List<String> more) {
    List<List<String>> all = new ArrayList<>(tiers);
    for (String url : more) {
      if (all.stream().noneMatch(tier -> tier.contains(url))) {
        all.add(List.of(url));
      }
    }
    return checked(all);
  }

  /** Without {@code gone}. */
  public static List<List<String>> remove(List<List<String>> tiers, List<String> gone) {
    return checked(
        tiers.stream()
            .map(tier -> tier.stream().filter(url -> !gone.contains(url)).toList())
            .toList());
  }

  /** With {@code next} in the place of {@code before}, which must be there. */
  public static List<List<String>> replace(List<List<String>> tiers, String before, String next) {
    if (tiers.stream().noneMatch(tier -> tier.contains(before))) {
      throw Problem.conflict("the torrent has no tracker " + before);
    } else if (!before.equals(next) && tiers.stream().anyMatch(tier -> tier.contains(next))) {
      throw Problem.conflict("the torrent has the tracker " + next + " already");
    }
    return checked(
        tiers.stream()
            .map(tier -> tier.stream().map(url -> url.equals(before) ? next : url).toList())
            .toList());
  }

  /** Of lines with a URL each and an empty one between tiers. */
  public static List<List<String>> ofLines(String text) {
    List<List<String>> tiers = new ArrayList<>();
    List<String> tier = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty()) {
        tiers.add(tier);
        tier = new ArrayList<>();
      } else {
        tier.add(line);
      }
    }
    tiers.add(tier);
    return checked(tiers);
  }

  /** The same without empty tiers, if all are addresses of trackers. */
  public static List<List<String>> checked(List<List<String>> tiers) {
    List<List<String>> all = tiers.stream().filter(tier -> !tier.isEmpty()).toList();
    if (all.stream().mapToInt(List::size).sum() > MAX_TRACKERS) {
      throw Problem.bad("a torrent has at most " + MAX_TRACKERS + " trackers");
    }
    all.forEach(tier -> tier.forEach(TrackerEdits::require));
    return all;
  }

  private static void require(String url) {
    int at = url.indexOf("://");
    String scheme = at < 0 ? "" : url.substring(0, at).toLowerCase(Locale.ROOT);
    boolean printable = url.chars().allMatch(c -> c > ' ' && c != 0x7f);
    if (!SCHEMES.contains(scheme) || url.length() > MAX_URL_CHARS || !printable) {
      throw Problem.bad("no address of a tracker: " + url);
    }
  }
}
