package sluice.engine.session;

import java.time.Duration;
import java.util.List;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Metainfo;

/** Something that the user wants of one torrent. */
public sealed interface Command {
  /** Let it run when it is its turn; a torrent that is faulted tries again. */
  record Start() implements Command {}

  /** The same, outside the limits of the queue. */
  record Force() implements Command {}

  /** Leave the swarm and close the files; the torrent stays registered. */
  record Stop() implements Command {}

  /** Compare all data with the hashes, whatever is known about them. A stopped one stays so. */
  record Recheck() implements Command {}

  /**
   * Use these metadata instead of asking peers for them; only for a magnet. Refused if they are
   * another torrent's.
   */
  record Metadata(Metainfo metainfo) implements Command {}

  /** Forget the torrent. */
  record Remove() implements Command {}

  /**
   * Fetch these files, with these priorities. What is there of others stays and is served, so that
   * a torrent of which nothing is missing any more is a partial seed (BEP 21).
   */
  record Select(FileSelection files) implements Command {
    /** Everything, said explicitly: files that were not wanted before are to be made. */
    private static final FileSelection ALL_AGAIN = new FileSelection(List.of(Priority.NORMAL));

    public Select {
      files = files.equals(FileSelection.ALL) ? ALL_AGAIN : files;
    }
  }

  /**
   * Fetch pieces in this order.
   *
   * @param sequential from first to last instead of rarest first
   * @param ends the first and the last piece of each wanted file before all others
   */
  record Order(boolean sequential, boolean ends) implements Command {}

  /**
   * Fetch a piece before what is due later, or not at a time, such as for a player. It becomes
   * wanted if it is not. Refused if the torrent does not run, has no such piece, or too many are
   * due.
   *
   * @param within from the command on; at most a day
   */
  record Due(int piece, Duration within) implements Command {
    private static final Duration MAX = Duration.ofDays(1);

    public Due {
      within = within.isNegative() ? Duration.ZERO : within.compareTo(MAX) > 0 ? MAX : within;
    }
  }

  /** Nothing is due at a time any more. */
  record NothingDue() implements Command {}

  /** Announce at once, whatever was agreed with trackers. Without effect on one that is stopped. */
  record Reannounce() implements Command {}

  /**
   * Announce to these trackers, in tiers (BEP 12), and to no others. Refused for a magnet whose
   * metadata have not come: its link names them.
   */
  record Trackers(List<List<String>> tiers) implements Command {
    public Trackers {
      tiers = tiers.stream().map(List::copyOf).toList();
    }
  }

  /** Limit the rate of the torrent, in bytes per second; 0 for no limit. */
  record Limits(long downBytesPerSecond, long upBytesPerSecond) implements Command {
    public Limits {
      if (downBytesPerSecond < 0 || upBytesPerSecond < 0) {
        throw new IllegalArgumentException("negative limit");
      }
    }
  }

  /** Let the torrent take part in a class of bandwidth; the ordinary one if there is no such. */
  record Classed(String bandwidthClass) implements Command {}

  /** Give the torrent another rank in its class of bandwidth. */
  record Ranked(Rank rank) implements Command {}

  /** Limit the rate of each peer of the torrent that has no limit of its own. */
  record PeerRates(PeerRate each) implements Command {}

  /** Limit the rate of one peer until the torrent stops. Refused if it does not run. */
  record OnePeer(Endpoint peer, PeerRate rate) implements Command {}

  /** Have at most so many connections; 0 leaves it to the session. Those too many are closed. */
  record MaxPeers(int most) implements Command {
    public MaxPeers {
      if (most < 0) {
        throw new IllegalArgumentException("negative limit");
      }
    }
  }

  /** Send to at most so many peers at a time; 0 leaves it to the session. */
  record UploadSlots(int slots) implements Command {
    public UploadSlots {
      if (slots < 0) {
        throw new IllegalArgumentException("negative limit");
      }
    }
  }

  /**
   * Show each peer that comes one piece at a time, as the first seed of a swarm, or all that is
   * there (BEP 16). Without effect as long as pieces are missing, and for private torrents.
   */
  record SuperSeed(boolean on) implements Command {}

  /** Something that is done to the files. The torrent goes on at the old place if it fails. */
  sealed interface Files extends Command {}

  /**
   * Bring the files into another folder.
   *
   * @param folder as the storage understands it; a path in the program
   */
  record Move(String folder) implements Files {}

  /**
   * Use the files in another folder, which is there, and leave those in the one before; what is
   * found is checked.
   *
   * @param folder as the storage understands it; a path in the program
   */
  record Find(String folder) implements Files {}

  /** Give a file, by its index in the torrent, another path below the folder. */
  record RenameFile(int file, List<String> path) implements Files {
    public RenameFile {
      path = List.copyOf(path);
    }
  }

  /** Give all files whose paths start with {@code from} paths that start with {@code to}. */
  record RenameFolder(List<String> from, List<String> to) implements Files {
    public RenameFolder {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** Delete the torrent's own files, then forget it. */
  record Erase() implements Files {}
}
