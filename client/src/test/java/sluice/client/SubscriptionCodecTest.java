package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

class SubscriptionCodecTest {
  private static final long SEED = 46;

  private final Random random = new Random(SEED);

  private byte[] bytes(int length) {
    byte[] made = new byte[length];
    random.nextBytes(made);
    return made;
  }

  private Hash hash() {
    return Hash.of(bytes(20));
  }

  private Subscription begun() {
    UpdateMagnet link = new UpdateMagnet(BString.of(bytes(32)), BString.of(bytes(5)));
    Path folder = Path.of("/srv/\u00fcml\u00e4ut data");
    return Subscription.begin(link, folder, Duration.ofMinutes(30), true, Optional.of(hash()));
  }

  private Item.Mutable item(UpdateMagnet link, long seq, Hash torrent) {
    return new Item.Mutable(
        link.key(), link.salt(), seq, UpdateValue.write(torrent), BString.of(bytes(64)));
  }

  @Test
  void whatIsWrittenIsRead() {
    Subscription begun = begun();
    Subscription led = begun.leadingTo(item(begun.link(), 7, hash()));
    List<Subscription> all = List.of(begun, led, led.settled());
    assertThat(SubscriptionCodec.read(SubscriptionCodec.text(all)))
        .as("seed " + SEED)
        .isEqualTo(all);
  }

  @Test
  void anythingElseIsRefused() {
    String text = SubscriptionCodec.text(List.of(begun()));
    for (String wrong :
        List.of(
            "",
            "le",
            "de",
            "d5:linksli1eee",
            "d5:linkslde" + "ee",
            text.replace("magnet:?xs", "magnet:?xt"),
            text.replace("trackers", "trickers"))) {
      assertThatThrownBy(() -> SubscriptionCodec.read(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** What is to be replaced is known until it has been, whatever the owner says meanwhile. */
  @Test
  void placeIsTakenOfTheTorrentThatWasThere() {
    Hash first = hash();
    Hash second = hash();
    Subscription there = begun().leadingTo(item(begun().link(), 1, first)).settled();
    assertThat(there.torrent()).contains(first);
    Subscription next = there.leadingTo(item(there.link(), 2, second));
    assertThat(next.before()).contains(first);
    assertThat(next.pending()).isTrue();
    assertThat(next.leadingTo(item(there.link(), 3, hash())).before()).contains(first);
    assertThat(next.settled().before()).isEmpty();
    assertThat(next.settled().leadingTo(item(there.link(), 4, second)).pending()).isFalse();
    assertThat(next.isOlderThan(item(there.link(), 2, second))).isFalse();
  }
}
