package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.state.Samples.done;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;
import sluice.state.record.TorrentRow;

/** Damaged files are found, told, kept and replaced, and never taken for an empty list. */
final class DamageTest {
  private static final long SEED = 20_251_126L;
  private static final int TORRENTS = 60;

  @TempDir Path root;

  @Test
  void aTruncatedDatabaseIsReplacedByItsCopy() throws IOException {
    Path dir = closed("truncated");
    List<TorrentRow> before = rowsOf(dir);
    byte[] whole = Files.readAllBytes(dir.resolve("state.db"));
    Files.write(dir.resolve("state.db"), java.util.Arrays.copyOf(whole, whole.length / 2));
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.RESTORED);
      assertThat(store.start().notes()).hasSize(1);
      assertThat(store.start().kept()).hasSize(1).allMatch(Files::exists);
      assertThat(Files.size(store.start().kept().getFirst())).isEqualTo(whole.length / 2);
      assertThat(StateStoreTest.rows(store)).isEqualTo(before);
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.CLEAN);
    }
  }

  @Test
  void aMissingOrEmptyDatabaseIsReplacedByItsCopy() throws IOException {
    Path missing = closed("missing");
    List<TorrentRow> before = rowsOf(missing);
    Files.delete(missing.resolve("state.db"));
    try (StateStore store = StateStore.open(missing, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.RESTORED);
      assertThat(StateStoreTest.rows(store)).isEqualTo(before);
    }
    Files.write(missing.resolve("state.db"), new byte[0]);
    try (StateStore store = StateStore.open(missing, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.RESTORED);
      assertThat(StateStoreTest.rows(store)).isEqualTo(before);
    }
  }

  @Test
  void withoutASoundCopyNothingIsTouched() throws IOException {
    Path dir = closed("refused");
    Path copy = dir.resolve("state.db.bak");
    Path file = dir.resolve("state.db");
    byte[] damaged = new byte[10_000];
    Files.write(file, damaged);
    Files.write(copy, new byte[5_000]);
    StateStoreTest.assertKind(Kind.DAMAGED, () -> StateStore.open(dir, Samples.QUICK));
    Files.delete(copy);
    StateStoreTest.assertKind(Kind.DAMAGED, () -> StateStore.open(dir, Samples.QUICK));
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    Files.write(file, new byte[0]);
    StateStoreTest.assertKind(Kind.DAMAGED, () -> StateStore.open(dir, Samples.QUICK));
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void aFlippedByteNeverChangesTheList() throws IOException {
    Path sound = closed("sound");
    List<TorrentRow> before = rowsOf(sound);
    SplittableRandom random = new SplittableRandom(SEED);
    int restored = 0;
    for (int i = 0; i < 60; i++) {
      Path dir = copy(sound, "flip" + i);
      Path file = dir.resolve("state.db");
      byte[] bytes = Files.readAllBytes(file);
      int at = i < 30 ? random.nextInt(16_384) : random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      Files.deleteIfExists(dir.resolve("clean"));
      String what = "seed " + SEED + ", flip " + i + " at " + at;
      try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
        assertThat(StateStoreTest.rows(store)).as(what).isEqualTo(before);
        boolean isRestored = store.start().kind() == StartReport.Kind.RESTORED;
        assertThat(store.start().notes()).as(what).hasSize(isRestored ? 1 : 0);
        restored += isRestored ? 1 : 0;
        assertSourcesAreSoundOrRefused(what, store);
      } catch (StateException e) {
        // A version of the schema that is not known yet is not damage.
        assertThat(e.kind()).as(what).isEqualTo(Kind.NEWER);
        assertThat(at).as(what).isBetween(60, 63);
      }
    }
    assertThat(restored).as("flips that were noticed at the start").isPositive();
  }

  private static void assertSourcesAreSoundOrRefused(String what, StateStore store) {
    for (TorrentRow row : StateStoreTest.rows(store)) {
      try {
        assertThat(store.reads().source(row.id()))
            .as(what)
            .contains(Samples.metainfo(row.torrent().queueOrder(), 2_000));
      } catch (StateException e) {
        assertThat(e.kind()).as(what).isEqualTo(Kind.DAMAGED);
      }
    }
  }

  @Test
  void aChangedRowOfACleanDatabaseIsFoundWhenItIsRead() throws IOException {
    Path dir = closed("quiet");
    List<TorrentRow> before = rowsOf(dir);
    Path file = dir.resolve("state.db");
    java.nio.file.attribute.FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    byte[] name = "torrent ☃ 17".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int at = indexOf(bytes, name, 0);
    assertThat(at).isPositive();
    for (; at >= 0; at = indexOf(bytes, name, at + 1)) {
      bytes[at + name.length - 1] = '8';
    }
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.CLEAN);
      StateStoreTest.assertKind(Kind.DAMAGED, () -> StateStoreTest.rows(store));
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.RESTORED);
      assertThat(StateStoreTest.rows(store)).isEqualTo(before);
    }
  }

  @Test
  void aDamagedLogGivesAPrefixAndSaysSo() throws IOException {
    Path killed = killed();
    List<TorrentRow> all;
    try (StateStore store = StateStore.open(copy(killed, "whole"), Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.UNCLEAN);
      assertThat(store.start().notes()).isEmpty();
      all = StateStoreTest.rows(store);
      assertThat(all).hasSize(TORRENTS);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 40; i++) {
      Path dir = copy(killed, "log" + i);
      Path wal = dir.resolve("state.db-wal");
      byte[] bytes = Files.readAllBytes(wal);
      boolean isTorn = i % 2 == 0;
      int at = random.nextInt(isTorn ? 32 : 0, bytes.length);
      if (isTorn) {
        bytes = java.util.Arrays.copyOf(bytes, at);
      } else {
        bytes[at] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(wal, bytes);
      String what = "seed " + SEED + ", log " + i + (isTorn ? " cut" : " changed") + " at " + at;
      try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
        List<TorrentRow> found = StateStoreTest.rows(store);
        assertThat(found).as(what).isEqualTo(all.subList(0, found.size()));
        if (!isTorn && found.size() < all.size()) {
          assertThat(store.start().notes()).as(what).isNotEmpty();
          assertThat(store.start().kept()).as(what).isNotEmpty().allMatch(Files::exists);
        }
      }
    }
  }

  @Test
  void aStateOfALaterVersionIsRefused() throws Exception {
    Path dir = closed("later");
    Path file = dir.resolve("state.db");
    try (java.sql.Connection c = sluice.state.sql.Database.writer(file)) {
      sluice.state.sql.Database.execute(c, "PRAGMA user_version=99");
    }
    StateStoreTest.assertKind(Kind.NEWER, () -> StateStore.open(dir, Samples.QUICK));
    assertThatThrownBy(() -> StateStore.open(dir, Samples.QUICK)).hasMessageContaining("99");
  }

  private Path closed(String name) {
    Path dir = root.resolve(name);
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      fill(store);
    }
    return dir;
  }

  /** The files as they are while the store is open, which is what a killed process leaves. */
  private Path killed() throws IOException {
    Path dir = root.resolve("open");
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      fill(store);
      return copy(dir, "killed");
    }
  }

  private static void fill(StateStore store) {
    for (int i = 0; i < TORRENTS; i++) {
      done(store.add(Samples.torrent(i), Samples.metainfo(i, 2_000)));
    }
  }

  private static List<TorrentRow> rowsOf(Path dir) {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      return new ArrayList<>(StateStoreTest.rows(store));
    }
  }

  private Path copy(Path dir, String name) throws IOException {
    Path copy = Files.createDirectory(root.resolve(name));
    for (String file : List.of("state.db", "state.db-wal", "state.db.bak")) {
      if (Files.exists(dir.resolve(file))) {
        Files.copy(dir.resolve(file), copy.resolve(file));
      }
    }
    return copy;
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    for (int i = from; i + part.length <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
