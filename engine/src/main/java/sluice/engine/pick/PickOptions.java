package sluice.engine.pick;

/**
 * What of a torrent is wanted and in which order, as it begins.
 *
 * @param files what is wanted
 * @param sequential pieces from first to last instead of rarest first
 * @param ends the first and the last piece of each wanted file before all others
 * @param superSeeding a seed that is complete at the start shows each peer one piece at a time (BEP
 *     16); without effect for private torrents
 */
public record PickOptions(
    FileSelection files, boolean sequential, boolean ends, boolean superSeeding) {
  /** Everything, rarest first. */
  public static final PickOptions DEFAULT = new PickOptions(FileSelection.ALL, false, false, false);
}
