package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
 * @param handling what is done before it runs and when it is complete
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
    Optional<FileChoice> files,
    Handling handling) {
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
          Optional.empty(),
          Handling.PLAIN);

  public Wish {
    tags = List.copyOf(tags);
  }

  /** The same in another folder. */
  public Wish folder(String text) {
    return with(draft -> draft.folder = text);
  }

  /** The same, waiting to be started or not. */
  public Wish stopped(boolean is) {
    return with(draft -> draft.stopped = is);
  }

  /** The same, outside the queue or not. */
  public Wish forced(boolean is) {
    return with(draft -> draft.forced = is);
  }

  /** The same by another name. */
  public Wish name(String text) {
    return with(draft -> draft.name = text);
  }

  /** The same under other labels. */
  public Wish labels(String inCategory, List<String> withTags) {
    return with(draft -> {
      draft.category = inCategory;
      draft.tags = withTags;
    });
  }

  /** The same with limits in bytes per second; 0 for none. */
  public Wish limits(long downLimit, long upLimit) {
    return with(draft -> {
      draft.down = downLimit;
      draft.up = upLimit;
    });
  }

  /** The same in another order. */
  public Wish order(boolean inSequence, boolean endsFirst) {
    return with(draft -> {
      draft.sequential = inSequence;
      draft.ends = endsFirst;
    });
  }

  /** The same with another end. */
  public Wish share(ShareRule rule) {
    return with(draft -> draft.share = rule);
  }

  /** The same with some files. */
  public Wish files(Optional<FileChoice> choice) {
    return with(draft -> draft.files = choice);
  }

  /** The same, handled otherwise. */
  public Wish handling(Handling other) {
    return with(draft -> draft.handling = other);
  }

  private Wish with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.wish();
  }

  /** A copy that is being changed. */
  private static final class Draft {
    private String folder;
    private boolean stopped;
    private boolean forced;
    private String name;
    private String category;
    private List<String> tags;
    private long down;
    private long up;
    private boolean sequential;
    private boolean ends;
    private ShareRule share;
    private Optional<FileChoice> files;
    private Handling handling;

    Draft(Wish from) {
      folder = from.folder;
      stopped = from.stopped;
      forced = from.forced;
      name = from.name;
      category = from.category;
      tags = from.tags;
      down = from.down;
      up = from.up;
      sequential = from.sequential;
      ends = from.ends;
      share = from.share;
      files = from.files;
      handling = from.handling;
    }

    Wish wish() {
      return new Wish(
          folder,
          stopped,
          forced,
          name,
          category,
          tags,
          down,
          up,
          sequential,
          ends,
          share,
          files,
          handling);
    }
  }
}
