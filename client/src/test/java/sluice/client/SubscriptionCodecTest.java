package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
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
  private static final long SEED = Long.getLong("sluice.fuzz.seed", 46);
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.iterations", 10_000);

  private static final List<String> TOKENS =
      List.of("i0e", "i-1e", "i1e", "i9223372036854775807e", "le", "de", "e", "d", "0:", "1:a");

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
    Subscription led = begun().leadingTo(item(begun().link(), 7, hash()));
    String text = SubscriptionCodec.text(List.of(led));
    String value = HexFormat.of().formatHex(led.item().orElseThrow().value().bytes());
    for (String wrong :
        List.of(
            "",
            "le",
            "de",
            "d5:linksi1ee",
            "d5:linksli1eee",
            "d5:linksldeee",
            text + "e",
            text.substring(1),
            text.replace("magnet:?xs", "magnet:?xt"),
            text.replace("urn:btpk:", "urn:btpk:0"),
            text.replace("trackers", "trickers"),
            text.replace("4:link", "4:lonk"),
            text.replace("5:everyi1800000e", "5:everyi999e"),
            text.replace("5:everyi1800000e", "5:everyi-1800000e"),
            text.replace("5:everyi1800000e", "5:everyi9223372036854775808e"),
            text.replace("3:seqi7e", "3:seq1:7"),
            text.replace("1:v", "1:w"),
            text.replace("58:" + value, "2:zz"),
            text.replace(value, "0".repeat(value.length())),
            text.replace("/srv/", "/s\0v/"),
            "d5:linksl" + text.substring(9, text.length() - 2).repeat(1_001) + "ee")) {
      assertThat(wrong).isNotEqualTo(text);
      assertThatThrownBy(() -> SubscriptionCodec.read(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Changed characters are read as what can be written again, or refused; nothing else happens. */
  @Test
  void damagedTextIsRefusedOrRead() {
    Subscription begun = begun();
    Subscription led = begun.leadingTo(item(begun.link(), 7, hash()));
    String text = SubscriptionCodec.text(List.of(begun, led, led.settled()));
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String damaged = damaged(text);
      try {
        List<Subscription> read = SubscriptionCodec.read(damaged);
        assertThat(SubscriptionCodec.read(SubscriptionCodec.text(read))).isEqualTo(read);
      } catch (IllegalArgumentException expected) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + damaged, e);
      }
    }
    assertThat(refused).as("seed " + SEED).isBetween(1, ROUNDS - 1);
  }

  private String damaged(String text) {
    StringBuilder made = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(made.length());
      int to = Math.min(made.length(), at + random.nextInt(9));
      switch (random.nextInt(5)) {
        case 0 -> made.setCharAt(at, (char) (' ' + random.nextInt(95)));
        case 1 -> made.delete(at, to);
        case 2 -> made.insert(at, made.substring(at, to));
        case 3 -> made.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
        default -> made.replace(at, to, TOKENS.get(random.nextInt(TOKENS.size())));
      }
      if (made.isEmpty()) {
        return "";
      }
    }
    return made.toString();
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
