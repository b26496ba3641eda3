package sluice.state;

import java.nio.file.Path;
import java.util.List;

/**
 * How the state was found. {@code notes} are sentences for the user; they are empty unless
 * something was lost or replaced. {@code kept} are damaged files that were put aside.
 */
public record StartReport(Kind kind, List<String> notes, List<Path> kept) {

  /** How the state was found. */
  public enum Kind {
    /** There was none; the list of torrents is empty. */
    FRESH,
    /** It was closed in order. The data on disk are as the resume records say. */
    CLEAN,
    /**
     * It was not closed; it was checked and is sound. Pieces of the journals are to be verified.
     */
    UNCLEAN,
    /** It was damaged, and an older copy took its place. All data are to be verified. */
    RESTORED
  }

  public StartReport {
    notes = List.copyOf(notes);
    kept = List.copyOf(kept);
  }
}
