package sluice.daemon.shelf;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is done with a torrent before it runs, and when it is complete.
 *
 * @param checked whether all its data are said to be there and right
 * @param layout where its files are in its folder
 * @param stopWhen at which point it stops by itself, before it downloads
 * @param first whether it goes to the head of the queue
 * @param incomplete folder of its data until they are complete; empty: the same
 * @param automatic whether its folder follows its category
 */
public record Handling(
    boolean checked,
    Layout layout,
    StopWhen stopWhen,
    boolean first,
    String incomplete,
    boolean automatic) {
  /** Nothing special. */
  public static final Handling PLAIN =
      new Handling(false, Layout.ORIGINAL, StopWhen.NEVER, false, "", false);

  /** Where the files of a torrent are in its folder. */
  public enum Layout {
    /** As its author has them. */
    ORIGINAL("Original"),
    /** In a folder of their own, even if there is only one. */
    FOLDER("Subfolder"),
    /** Not in a folder of their own, even if there are many. */
    FLAT("NoSubfolder");

    private final String text;

    Layout(String text) {
      this.text = text;
    }

    /** Its name in qBittorrent's API. */
    public String text() {
      return text;
    }

    /** The one with that name. */
    public static Optional<Layout> of(String text) {
      return Stream.of(values()).filter(l -> l.text.equalsIgnoreCase(text)).findFirst();
    }
  }

  /** A point at which a torrent stops by itself. */
  public enum StopWhen {
    NEVER("None"),
    /** Its files are known. */
    METADATA("MetadataReceived"),
    /** It is known which of its data are there. */
    CHECKED("FilesChecked");

    private final String text;

    StopWhen(String text) {
      this.text = text;
    }

    /** Its name in qBittorrent's API. */
    public String text() {
      return text;
    }

    /** The one with that name. */
    public static Optional<StopWhen> of(String text) {
      return Stream.of(values())
          .filter(s -> s.text.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }
}
