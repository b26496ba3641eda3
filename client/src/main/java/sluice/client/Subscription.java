package sluice.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/**
 * A link that can be changed (BEP 46), and that is followed: the torrent that it leads to takes the
 * place of the one before, in the same folder.
 *
 * @param link that is followed
 * @param folder of the data
 * @param every how often is looked whether it leads elsewhere
 * @param trackers false: its torrents are announced nowhere
 * @param item where it leads to, as its owner has signed it; empty as long as that is not known
 * @param before the torrent whose place is to be taken, until it has been
 * @param pending whether the torrent has still to be added
 */
public record Subscription(
    UpdateMagnet link,
    Path folder,
    Duration every,
    boolean trackers,
    Optional<Item.Mutable> item,
    Optional<Hash> before,
    boolean pending) {

  /** One that begins, and has led to {@code current} until now. */
  static Subscription begin(
      UpdateMagnet link, Path folder, Duration every, boolean trackers, Optional<Hash> current) {
    return new Subscription(link, folder, every, trackers, Optional.empty(), current, false);
  }

  /** The torrent that it leads to, as far as that is known. */
  public Optional<Hash> torrent() {
    return item.flatMap(known -> UpdateValue.read(known.value()));
  }

  /** Whether {@code found} is a later word of the owner than what is known. */
  boolean isOlderThan(Item.Mutable found) {
    return item.map(known -> found.seq() > known.seq()).orElse(true);
  }

  /** The same, leading to what {@code found} says. */
  Subscription leadingTo(Item.Mutable found) {
    Optional<Hash> next = UpdateValue.read(found.value());
    boolean other = !next.equals(torrent());
    Optional<Hash> replaced = before.isPresent() || !other ? before : torrent();
    return new Subscription(
        link, folder, every, trackers, Optional.of(found), replaced, pending || other);
  }

  /** The same when its torrent is there. */
  Subscription settled() {
    return new Subscription(link, folder, every, trackers, item, Optional.empty(), false);
  }

  /** The same, looked at in other intervals. */
  Subscription every(Duration interval) {
    return new Subscription(link, folder, interval, trackers, item, before, pending);
  }
}
