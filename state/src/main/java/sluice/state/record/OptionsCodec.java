package sluice.state.record;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link TorrentOptions} as bytes: a version, then fields of a rising tag, a length and that many
 * bytes. A field that has its default is left out, so options that nobody changed take no byte.
 */
public final class OptionsCodec {
  /** Longest record. */
  public static final int MAX_BYTES = 1 << 19;

  private static final int VERSION = 1;
  private static final int MAX_TAG = 1_000;
  private static final int MAX_FIELDS = 64;

  private static final int UPLOAD = 1;
  private static final int DOWNLOAD = 2;
  private static final int PEERS = 3;
  private static final int SLOTS = 4;
  private static final int FLAGS = 5;
  private static final int PRIORITY = 6;
  private static final int RATIO = 7;
  private static final int SEEDING = 8;
  private static final int IDLE = 9;
  private static final int ACTION = 10;
  private static final int CATEGORY = 11;
  private static final int TAGS = 12;
  private static final int CLASS = 13;
  private static final int WEB_SEEDS = 14;
  private static final int GIVEN_PEERS = 15;
  private static final int PEER_UPLOAD = 16;
  private static final int PEER_DOWNLOAD = 17;
  private static final int LAST = PEER_DOWNLOAD;

  private static final int MAX_FLAGS = 127;

  private OptionsCodec() {}

  /** The bytes of {@code options}. */
  public static byte[] encode(TorrentOptions options) {
    if (options.equals(TorrentOptions.DEFAULT)) {
      return new byte[0];
    }
    RecordWriter out = new RecordWriter().number(VERSION);
    Limits limits = options.limits();
    ShareLimits share = options.shareLimits();
    Ways ways = options.ways();
    number(out, UPLOAD, limits.uploadBytesPerSecond(), 0);
    number(out, DOWNLOAD, limits.downloadBytesPerSecond(), 0);
    number(out, PEERS, limits.maxPeers(), 0);
    number(out, SLOTS, limits.uploadSlots(), 0);
    int flags =
        (options.sequential() ? 1 : 0)
            | (options.firstAndLastFirst() ? 2 : 0)
            | (options.superSeeding() ? 4 : 0)
            | (ways.download() ? 0 : 8)
            | (ways.trackers() ? 0 : 16)
            | (ways.webSeeds() ? 0 : 32)
            | (options.fullAllocation() ? 64 : 0);
    number(out, FLAGS, flags, 0);
    number(out, PRIORITY, options.priority(), 0);
    number(out, RATIO, share.ratioPermille(), ShareLimits.INHERIT);
    number(out, SEEDING, share.seedingSeconds(), ShareLimits.INHERIT);
    number(out, IDLE, share.idleSeconds(), ShareLimits.INHERIT);
    number(out, ACTION, share.action(), 0);
    if (!options.category().isEmpty()) {
      field(out, CATEGORY, new RecordWriter().text(options.category()).bytes());
    }
    texts(out, TAGS, options.tags());
    if (!options.bandwidthClass().isEmpty()) {
      field(out, CLASS, new RecordWriter().text(options.bandwidthClass()).bytes());
    }
    texts(out, WEB_SEEDS, ways.moreWebSeeds());
    texts(out, GIVEN_PEERS, ways.peers());
    number(out, PEER_UPLOAD, limits.peerUploadBytesPerSecond(), 0);
    number(out, PEER_DOWNLOAD, limits.peerDownloadBytesPerSecond(), 0);
    options.unknown().forEach(raw -> field(out, raw.tag(), raw.bytes()));
    return out.bytes();
  }

  /**
   * The options that {@code bytes} tell.
   *
   * @throws RecordException when they are not options
   */
  public static TorrentOptions decode(byte[] bytes) {
    if (bytes.length == 0) {
      return TorrentOptions.DEFAULT;
    }
    if (bytes.length > MAX_BYTES) {
      throw new RecordException("options of " + bytes.length + " bytes");
    }
    RecordReader in = new RecordReader(bytes);
    if (in.number() != VERSION) {
      throw new RecordException("options of an unknown version");
    }
    Fields fields = new Fields();
    int last = 0;
    for (int count = 0; !in.isAtEnd(); count++) {
      int tag = in.bounded(MAX_TAG);
      if (tag <= last || count == MAX_FIELDS) {
        throw new RecordException("fields out of order, or too many");
      }
      last = tag;
      fields.take(tag, in.raw(in.bounded(MAX_BYTES)));
    }
    return fields.options();
  }

  private static void number(RecordWriter out, int tag, long value, long usual) {
    if (value != usual) {
      field(out, tag, new RecordWriter().signed(value).bytes());
    }
  }

  private static void texts(RecordWriter out, int tag, List<String> texts) {
    if (!texts.isEmpty()) {
      RecordWriter all = new RecordWriter();
      texts.forEach(all::text);
      field(out, tag, all.bytes());
    }
  }

  private static void field(RecordWriter out, int tag, byte[] bytes) {
    out.number(tag).number(bytes.length).raw(bytes);
  }

  /** What was read so far, field by field. */
  private static final class Fields {
    private final long[] numbers = new long[LAST + 1];
    private final List<String> tags = new ArrayList<>();
    private final List<String> webSeeds = new ArrayList<>();
    private final List<String> peers = new ArrayList<>();
    private final List<RawField> unknown = new ArrayList<>();
    private String category = "";
    private String bandwidthClass = "";

    Fields() {
      numbers[RATIO] = ShareLimits.INHERIT;
      numbers[SEEDING] = ShareLimits.INHERIT;
      numbers[IDLE] = ShareLimits.INHERIT;
    }

    void take(int tag, byte[] bytes) {
      RecordReader in = new RecordReader(bytes);
      switch (tag) {
        case CATEGORY -> category = in.text(TorrentOptions.MAX_LABEL_CHARS);
        case CLASS -> bandwidthClass = in.text(TorrentOptions.MAX_LABEL_CHARS);
        case TAGS -> texts(in, tags, TorrentOptions.MAX_TAGS, TorrentOptions.MAX_LABEL_CHARS);
        case WEB_SEEDS -> texts(in, webSeeds, Ways.MAX_WEB_SEEDS, Ways.MAX_URL_CHARS);
        case GIVEN_PEERS -> texts(in, peers, Ways.MAX_PEERS, Ways.MAX_PEER_CHARS);
        default -> {
          if (tag > LAST) {
            unknown.add(new RawField(tag, bytes));
            return;
          }
          numbers[tag] = in.signed();
        }
      }
      in.end();
    }

    private static void texts(RecordReader in, List<String> all, int max, int maxChars) {
      while (!in.isAtEnd()) {
        if (all.size() == max) {
          throw new RecordException("more than " + max + " texts");
        }
        all.add(in.text(maxChars));
      }
    }

    TorrentOptions options() {
      int flags = whole(FLAGS);
      if (flags > MAX_FLAGS) {
        throw new RecordException("flags " + flags);
      }
      try {
        return new TorrentOptions(
            new Limits(
                numbers[UPLOAD],
                numbers[DOWNLOAD],
                whole(PEERS),
                whole(SLOTS),
                numbers[PEER_UPLOAD],
                numbers[PEER_DOWNLOAD]),
            new ShareLimits(numbers[RATIO], numbers[SEEDING], numbers[IDLE], whole(ACTION)),
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            (flags & 64) != 0,
            Math.toIntExact(numbers[PRIORITY]),
            category,
            tags,
            bandwidthClass,
            new Ways((flags & 8) == 0, (flags & 16) == 0, (flags & 32) == 0, webSeeds, peers),
            unknown);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw (RecordException) new RecordException("options out of bounds").initCause(e);
      }
    }

    private int whole(int tag) {
      long value = numbers[tag];
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw new RecordException("field " + tag + " is " + value);
      }
      return (int) value;
    }
  }
}
