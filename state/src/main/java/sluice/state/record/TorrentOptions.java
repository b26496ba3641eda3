package sluice.state.record;

import java.util.List;
import java.util.function.Consumer;

/**
 * How the user wants one torrent to be treated. Empty text stands for none; with {@code
 * fullAllocation} files get their whole room before they are written. The fields in {@code unknown}
 * were written by a later version.
 */
public record TorrentOptions(
    Limits limits,
    ShareLimits shareLimits,
    boolean sequential,
    boolean firstAndLastFirst,
    boolean superSeeding,
    boolean fullAllocation,
    int priority,
    String category,
    List<String> tags,
    String bandwidthClass,
    Ways ways,
    List<RawField> unknown) {

  /** Most tags of one torrent. */
  public static final int MAX_TAGS = 256;

  /** Longest category, tag or class. */
  public static final int MAX_LABEL_CHARS = 256;

  /** Nothing was asked for. */
  public static final TorrentOptions DEFAULT =
      new TorrentOptions(
          Limits.INHERITED,
          ShareLimits.INHERITED,
          false,
          false,
          false,
          false,
          0,
          "",
          List.of(),
          "",
          Ways.ALL,
          List.of());

  public TorrentOptions {
    tags = List.copyOf(tags);
    unknown = List.copyOf(unknown);
    if (tags.size() > MAX_TAGS
        || category.length() > MAX_LABEL_CHARS
        || bandwidthClass.length() > MAX_LABEL_CHARS
        || tags.stream().anyMatch(t -> t.length() > MAX_LABEL_CHARS)) {
      throw new IllegalArgumentException("too many tags, or a label is too long");
    }
  }

  /** The same with other limits. */
  public TorrentOptions withLimits(Limits changed) {
    return with(draft -> draft.limits = changed);
  }

  /** The same with other share limits. */
  public TorrentOptions withShareLimits(ShareLimits changed) {
    return with(draft -> draft.shareLimits = changed);
  }

  /** The same with another priority; larger goes first. */
  public TorrentOptions withPriority(int changed) {
    return with(draft -> draft.priority = changed);
  }

  /** The same with another order of pieces and another way of seeding. */
  public TorrentOptions withOrder(boolean inSequence, boolean endsFirst, boolean seedsSuper) {
    return with(draft -> {
      draft.sequential = inSequence;
      draft.firstAndLastFirst = endsFirst;
      draft.superSeeding = seedsSuper;
    });
  }

  /** The same with or without files that get their whole room before they are written. */
  public TorrentOptions withFullAllocation(boolean full) {
    return with(draft -> draft.fullAllocation = full);
  }

  /** The same by other ways. */
  public TorrentOptions withWays(Ways changed) {
    return with(draft -> draft.ways = changed);
  }

  /** The same under other labels. */
  public TorrentOptions withLabels(String inCategory, List<String> withTags, String inClass) {
    return with(draft -> {
      draft.category = inCategory;
      draft.tags = withTags;
      draft.bandwidthClass = inClass;
    });
  }

  private TorrentOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** A copy that is being changed. */
  private static final class Draft {
    private final List<RawField> unknown;
    private Limits limits;
    private ShareLimits shareLimits;
    private boolean sequential;
    private boolean firstAndLastFirst;
    private boolean superSeeding;
    private boolean fullAllocation;
    private int priority;
    private String category;
    private List<String> tags;
    private String bandwidthClass;
    private Ways ways;

    Draft(TorrentOptions from) {
      unknown = from.unknown;
      limits = from.limits;
      shareLimits = from.shareLimits;
      sequential = from.sequential;
      firstAndLastFirst = from.firstAndLastFirst;
      superSeeding = from.superSeeding;
      fullAllocation = from.fullAllocation;
      priority = from.priority;
      category = from.category;
      tags = from.tags;
      bandwidthClass = from.bandwidthClass;
      ways = from.ways;
    }

    TorrentOptions options() {
      return new TorrentOptions(
          limits,
          shareLimits,
          sequential,
          firstAndLastFirst,
          superSeeding,
          fullAllocation,
          priority,
          category,
          tags,
          bandwidthClass,
          ways,
          unknown);
    }
  }
}
