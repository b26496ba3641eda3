package sluice.daemon.migrate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.client.Brought;
import sluice.engine.pick.Priority;
import sluice.engine.policy.ShareRule;

/**
 * A torrent as another program has it.
 *
 * @param file torrent file; empty if only a magnet is known
 * @param magnet its link, if the file is not known
 * @param folder of its data, as that program writes it
 * @param name that the user gave it; empty: its own
 * @param category one word; empty for none
 * @param tags more of them
 * @param stopped whether it was not to run
 * @param down bytes per second to receive; 0 for no limit
 * @param up bytes per second to send; 0 for no limit
 * @param sequential from first to last
 * @param ends the beginning and the end of files first
 * @param priorities of files; empty: all normal
 * @param share when it has shared enough
 * @param trackers in tiers, if they were changed
 * @param brought what is known of its data
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
record Moving(
    Optional<byte[]> file,
    Optional<String> magnet,
    Path folder,
    String name,
    String category,
    List<String> tags,
    boolean stopped,
    long down,
    long up,
    boolean sequential,
    boolean ends,
    List<Priority> priorities,
    ShareRule share,
    Optional<List<List<String>>> trackers,
    Brought brought) {

  Moving {
    tags = List.copyOf(tags);
    priorities = List.copyOf(priorities);
  }

  /** Paths that differ from those of the torrent file. */
  Map<Integer, List<String>> renamed() {
    return brought.renamed();
  }
}
