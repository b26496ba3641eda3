package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import sluice.engine.pick.FileChoice;
import sluice.engine.policy.ShareRule;

/**
 * How somebody wants a torrent to be added.
 *
 * @param folder of its data; empty: that of the category, or the usual one
 * @param stopped whether it waits to be started
 * @param forced whether it runs outside the queue
 * @param name to be called by; empty: as its author calls it
 * @param category one word; empty for none
 * @param tags more
 * @param down bytes per second to receive; 0 for no limit
 * @param up bytes per second to send; 0 for no limit
 * @param sequential from first to last
 * @param ends the beginning and the end of files first
 * @param share when it has shared enough
 * @param files which are wanted; empty: all
 */
public record Wish(
    String folder,
    boolean stopped,
    boolean forced,
    String name,
    String category,
    List<String> tags,
    long down,
    long up,
    boolean sequential,
    boolean ends,
    ShareRule share,
    Optional<FileChoice> files) {
  /** Nothing special. */
  public static final Wish PLAIN =
      new Wish(
          "",
          false,
          false,
          "",
          "",
          List.of(),
          0,
          0,
          false,
          false,
          ShareRule.INHERIT,
          Optional.empty());

  public Wish {
    tags = List.copyOf(tags);
  }

  /** The same in another folder. */
  public Wish folder(String text) {
    return new Wish(
        text, stopped, forced, name, category, tags, down, up, sequential, ends, share, files);
  }

  /** The same, waiting to be started or not. */
  public Wish stopped(boolean is) {
    return new Wish(
        folder, is, forced, name, category, tags, down, up, sequential, ends, share, files);
  }

  /** The same under other labels. */
  public Wish labels(String inCategory, List<String> withTags) {
    return new Wish(
        folder,
        stopped,
        forced,
        name,
        inCategory,
        withTags,
        down,
        up,
        sequential,
        ends,
        share,
        files);
  }

  /** The same in another order. */
  public Wish order(boolean inSequence, boolean endsFirst) {
    return new Wish(
        folder,
        stopped,
        forced,
        name,
        category,
        tags,
        down,
        up,
        inSequence,
        endsFirst,
        share,
        files);
  }

  /** The same with some files. */
  public Wish files(Optional<FileChoice> choice) {
    return new Wish(
        folder, stopped, forced, name, category, tags, down, up, sequential, ends, share, choice);
  }
}
