package sluice.daemon.qbittorrent;

import java.util.Set;
import sluice.daemon.shelf.Item;
import sluice.engine.session.TorrentSnapshot;

/** What a torrent does, in qBittorrent's words, and the filters of lists. */
final class TorrentState {
  private static final Set<String> STOPPED = Set.of("stoppedUP", "stoppedDL");
  private static final Set<String> CHECKING =
      Set.of("checkingUP", "checkingDL", "checkingResumeData");
  private static final Set<String> ERRORS = Set.of("error", "missingFiles");

  private TorrentState() {}

  static String of(Item item) {
    TorrentSnapshot now = item.now();
    boolean complete = item.isComplete();
    boolean forced = now.place().forced();
    return switch (now.phase()) {
      case METADATA -> forced ? "forcedMetaDL" : "metaDL";
      case CHECKING -> complete ? "checkingUP" : "checkingDL";
      case DOWNLOADING -> forced ? "forcedDL" : now.downRate() > 0 ? "downloading" : "stalledDL";
      case SEEDING -> forced ? "forcedUP" : now.upRate() > 0 ? "uploading" : "stalledUP";
      case STOPPED -> complete ? "stoppedUP" : "stoppedDL";
      case QUEUED -> complete ? "queuedUP" : "queuedDL";
      case ABSENT -> "missingFiles";
      case FAULTED -> "error";
    };
  }

  /** Whether a list with {@code filter} has it. */
  static boolean passes(Item item, String filter) {
    String state = of(item);
    boolean active = item.now().downRate() + item.now().upRate() > 0;
    return switch (filter) {
      case "downloading" -> !item.isComplete() && !STOPPED.contains(state);
      case "seeding" -> item.isComplete() && !STOPPED.contains(state);
      case "completed" -> item.isComplete();
      case "stopped", "paused" -> STOPPED.contains(state);
      case "running", "resumed" -> !STOPPED.contains(state);
      case "active" -> active;
      case "inactive" -> !active;
      case "stalled" -> state.startsWith("stalled");
      case "stalled_uploading" -> state.equals("stalledUP");
      case "stalled_downloading" -> state.equals("stalledDL");
      case "checking" -> CHECKING.contains(state);
      case "moving" -> state.equals("moving");
      case "errored" -> ERRORS.contains(state);
      default -> true;
    };
  }
}
