package sluice.daemon.notice;

import java.util.Map;

/**
 * Something that happened to a torrent.
 *
 * @param event one word: {@code completed}, {@code faulted}, {@code metadata} or {@code shared}
 * @param hash name of the torrent
 * @param name as the user calls it
 * @param folder of its data
 * @param category of it; empty for none
 * @param detail more, for people; empty for nothing
 * @param millis when
 */
public record Notice(
    String event,
    String hash,
    String name,
    String folder,
    String category,
    String detail,
    long millis) {
  /** Words by which it may be filtered. */
  public static final java.util.List<String> EVENTS =
      java.util.List.of("completed", "faulted", "metadata", "shared");

  /** Its parts by name. */
  Map<String, String> parts() {
    return Map.of(
        "event",
        event,
        "hash",
        hash,
        "name",
        name,
        "folder",
        folder,
        "category",
        category,
        "detail",
        detail);
  }
}
