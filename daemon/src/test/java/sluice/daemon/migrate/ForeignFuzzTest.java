package sluice.daemon.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.pick.Priority;
import sluice.engine.policy.Bound;
import sluice.storage.hashing.TorrentMaker;

/** Resume files of others, right and wrong ones. */
class ForeignFuzzTest {
  private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);
  private static final int ROUNDS = 20_000;

  private static final String LIBTORRENT =
      "d11:active_timei5e10:added_timei1700000000e11:file-format22:libtorrent resume file"
          + "13:file_priorityli0ei7ee9:info-hash20:aaaaaaaaaaaaaaaaaaaa12:mapped_filesl"
          + "0:7:x/b.bine6:pausedi0e6:pieces3:\1\0\1"
          + "12:qBt-category5:films14:qBt-ratioLimiti1500e12:qBt-savePath5:/data"
          + "8:qBt-tagsl3:one3:twoe14:total_uploadedi7e8:trackersll8:http://aeee";

  @TempDir Path temp;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatQbittorrentWrites() throws Exception {
    Moving moving = LibtorrentResume.read(bytes(LIBTORRENT), Optional.empty());
    assertThat(moving.magnet().orElseThrow())
        .isEqualTo(
            "magnet:?xt=urn:btih:6161616161616161616161616161616161616161&tr=http%3A%2F%2Fa");
    assertThat(moving.folder()).hasToString("/data");
    assertThat(moving.category()).isEqualTo("films");
    assertThat(moving.tags()).containsExactly("one", "two");
    assertThat(moving.priorities()).containsExactly(Priority.SKIP, Priority.FIRST);
    assertThat(moving.share().ratioPermille()).isEqualTo(Bound.at(1_500));
    assertThat(moving.share().idleNanos()).isEqualTo(Bound.inherit());
    assertThat(moving.brought().have().count()).isEqualTo(2);
    assertThat(moving.brought().renamed()).isEqualTo(java.util.Map.of(1, List.of("x", "b.bin")));
    assertThat(moving.brought().uploaded()).isEqualTo(7);
    assertThatThrownBy(() -> LibtorrentResume.read(bytes("de"), Optional.empty()))
        .hasMessageContaining("no resume data");
  }

  @Test
  void whatIsWrongIsRefusedAndNothingElse() throws Exception {
    Files.write(temp.resolve("data"), new byte[100_000]);
    byte[] torrent =
        TorrentMaker.make(temp.resolve("data"), options -> {}, (done, total) -> {}).bytes();
    byte[] transmission =
        bytes(
            "d10:added-datei17e11:destination5:/data3:dndli1ee5:filesl3:a/be6:labelsl1:xe"
                + "4:name1:n8:priorityli-1ee8:progressd6:blocks1:\377e"
                + "11:ratio-limitd11:ratio-limit3:2.010:ratio-modei1eee");
    Moving right = TransmissionResume.read(transmission, torrent);
    assertThat(right.priorities()).containsExactly(Priority.SKIP);
    assertThat(right.brought().have().isFull()).isTrue();
    assertThat(right.share().ratioPermille()).isEqualTo(Bound.at(2_000));
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] libtorrent = changed(bytes(LIBTORRENT), random);
      byte[] other = changed(transmission, random);
      try {
        LibtorrentResume.read(libtorrent, Optional.empty());
        TransmissionResume.read(other, torrent);
      } catch (ForeignException expected) {
        assertThat(expected.getMessage()).as("seed " + SEED).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("-Dsluice.seed=" + SEED + " round " + i, e);
      }
    }
  }

  private static byte[] changed(byte[] before, Random random) {
    byte[] after =
        random.nextInt(8) == 0 ? Arrays.copyOf(before, random.nextInt(before.length)) : before;
    after = after.clone();
    for (int n = random.nextInt(4); n >= 0 && after.length > 0; n--) {
      after[random.nextInt(after.length)] =
          random.nextBoolean() ? (byte) random.nextInt(256) : before[random.nextInt(before.length)];
    }
    return after;
  }
}
