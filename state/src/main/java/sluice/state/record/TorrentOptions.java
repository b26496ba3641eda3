package sluice.state.record;

import java.util.List;

/**
 * How the user wants one torrent to be treated. Empty text stands for none. The fields in {@code
 * unknown} were written by a later version.
 */
public record TorrentOptions(
    Limits limits,
    ShareLimits shareLimits,
    boolean sequential,
    boolean firstAndLastFirst,
    boolean superSeeding,
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
    return copy(changed, shareLimits, priority);
  }

  /** The same with other share limits. */
  public TorrentOptions withShareLimits(ShareLimits changed) {
    return copy(limits, changed, priority);
  }

  /** The same with another priority; larger goes first. */
  public TorrentOptions withPriority(int changed) {
    return copy(limits, shareLimits, changed);
  }

  /** The same with another order of pieces and another way of seeding. */
  public TorrentOptions withOrder(boolean inSequence, boolean endsFirst, boolean seedsSuper) {
    return new TorrentOptions(
        limits,
        shareLimits,
        inSequence,
        endsFirst,
        seedsSuper,
        priority,
        category,
        tags,
        bandwidthClass,
        ways,
        unknown);
  }

  /** The same by other ways. */
  public TorrentOptions withWays(Ways changed) {
    return new TorrentOptions(
        limits,
        shareLimits,
        sequential,
        firstAndLastFirst,
        superSeeding,
        priority,
        category,
        tags,
        bandwidthClass,
        changed,
        unknown);
  }

  /** The same under other labels. */
  public TorrentOptions withLabels(String inCategory, List<String> withTags, String inClass) {
    return new TorrentOptions(
        limits,
        shareLimits,
        sequential,
        firstAndLastFirst,
        superSeeding,
        priority,
        inCategory,
        withTags,
        inClass,
        ways,
        unknown);
  }

  private TorrentOptions copy(Limits own, ShareLimits share, int changedPriority) {
    return new TorrentOptions(
        own,
        share,
        sequential,
        firstAndLastFirst,
        superSeeding,
        changedPriority,
        category,
        tags,
        bandwidthClass,
        ways,
        unknown);
  }
}
