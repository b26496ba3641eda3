package sluice.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** Torrents are the same if both of their hashes are. */
class InfoHashesTest {
  private static Optional<Hash> hash(int bytes, int last) {
    byte[] all = new byte[bytes];
    all[bytes - 1] = (byte) last;
    return Optional.of(Hash.of(all));
  }

  private static List<InfoHashes> each() {
    Optional<Hash> none = Optional.empty();
    return List.of(
        new InfoHashes(hash(Hash.SHA1_BYTES, 1), none),
        new InfoHashes(hash(Hash.SHA1_BYTES, 2), none),
        new InfoHashes(none, hash(Hash.SHA256_BYTES, 1)),
        new InfoHashes(none, hash(Hash.SHA256_BYTES, 2)),
        new InfoHashes(hash(Hash.SHA1_BYTES, 1), hash(Hash.SHA256_BYTES, 1)),
        new InfoHashes(hash(Hash.SHA1_BYTES, 1), hash(Hash.SHA256_BYTES, 2)),
        new InfoHashes(hash(Hash.SHA1_BYTES, 2), hash(Hash.SHA256_BYTES, 1)));
  }

  @Test
  void theyAreEqualIfBothHashesAre() {
    List<InfoHashes> all = each();
    List<InfoHashes> again = each();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isNotEqualTo("text").isNotEqualTo(null);
      for (int k = 0; k < all.size(); k++) {
        assertThat(all.get(i).equals(again.get(k))).as("%d and %d", i, k).isEqualTo(i == k);
      }
      assertThat(all.get(i)).hasSameHashCodeAs(again.get(i));
    }
    assertThat(all.stream().map(InfoHashes::hashCode).distinct()).hasSameSizeAs(all);
  }
}
