package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.port.Fault;
import sluice.engine.port.Presence;
import sluice.engine.port.Relocation;
import sluice.engine.port.Storage;

/** Moving, renaming, deleting, selecting and finding the files of a torrent. */
class PlacesTest {
  @TempDir Path parent;

  private final TestTorrent torrent =
      TestTorrent.v1(65_536, new Random(7), 100_000, 300_000, 50_000, 200_000);

  private Path folder() throws IOException {
    return Files.createDirectories(parent.resolve("folder"));
  }

  private StorageFixture full() throws IOException {
    torrent.writeTo(folder());
    StorageFixture fixture = new StorageFixture(torrent, folder());
    assertThat(fixture.done(fixture.storage::prepare)).isNull();
    return fixture;
  }

  private BitSet all() {
    BitSet all = new BitSet();
    all.set(0, torrent.layout.pieceCount());
    return all;
  }

  /** The leftover of a move, or its fault. */
  private Object move(StorageFixture fixture, Path target) {
    AtomicReference<Object> result = new AtomicReference<>();
    fixture.storage.move(
        target.toString(),
        new Relocation.MoveHandler() {
          @Override
          public void onProgress(long movedBytes, long totalBytes) {
            assertThat(movedBytes).isLessThanOrEqualTo(650_000);
          }

          @Override
          public void onMoved(Relocation.Leftover leftover) {
            result.set(leftover);
          }

          @Override
          public void onFault(Fault fault) {
            result.set(fault);
          }
        });
    return fixture.await(result);
  }

  private Presence probe(StorageFixture fixture) {
    AtomicReference<Presence> result = new AtomicReference<>();
    fixture.storage.probe(
        new Storage.ProbeHandler() {
          @Override
          public void onPresence(Presence presence) {
            result.set(presence);
          }

          @Override
          public void onFault(Fault fault) {
            throw new AssertionError(fault);
          }
        });
    return fixture.await(result);
  }

  private static List<Path> regular(Path root) throws IOException {
    try (Stream<Path> there = Files.walk(root)) {
      return there.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void bothPlacesAreWholeUntilTheLeftoverIsDeleted() throws IOException {
    Path target = parent.resolve("new/place");
    try (StorageFixture fixture = full()) {
      Files.writeString(folder().resolve("root/d0/mine"), "mine");
      Relocation.Leftover leftover = (Relocation.Leftover) move(fixture, target);
      for (int i = 0; i < 4; i++) {
        assertThat(torrent.path(folder(), i)).hasBinaryContent(torrent.content(i));
        assertThat(torrent.path(target, i)).hasBinaryContent(torrent.content(i));
      }
      assertThat(fixture.check()).isEqualTo(all());
      assertThat(fixture.done(leftover::delete)).isNull();
      assertThat(regular(folder())).containsExactly(Path.of("root/d0/mine"));
      assertThat(folder().resolve("root/d1")).doesNotExist();
      assertThat(fixture.check()).isEqualTo(all());
      assertThat(fixture.commit(0, torrent.data(0)).good()).isTrue();
    }
    assertThat(regular(target)).hasSize(4);
  }

  @Test
  void aMoveReplacesNothingAndTheOldPlaceStays() throws IOException {
    Path target = parent.resolve("new");
    Files.createDirectories(torrent.path(target, 3).getParent());
    Files.writeString(torrent.path(target, 3), "foreign");
    try (StorageFixture fixture = full()) {
      assertThat(move(fixture, target)).extracting("kind").isEqualTo(Fault.Kind.OCCUPIED);
      assertThat(fixture.check()).isEqualTo(all());
    }
    assertThat(regular(target)).hasSize(1);
    assertThat(torrent.path(target, 3)).hasContent("foreign");
  }

  @Test
  void aMoveToTheSamePlaceLosesNothing() throws IOException {
    try (StorageFixture fixture = full()) {
      Path link = Files.createLink(parent.resolve("second name"), torrent.path(folder(), 0));
      Relocation.Leftover leftover = (Relocation.Leftover) move(fixture, folder());
      assertThat(fixture.done(leftover::delete)).isNull();
      assertThat(fixture.check()).isEqualTo(all());
      assertThat(link).hasBinaryContent(torrent.content(0));
    }
  }

  @Test
  void renamedFilesAreFoundAgain() throws IOException {
    Map<Integer, List<String>> renamed;
    try (StorageFixture fixture = full()) {
      Storage storage = fixture.storage;
      assertThat(fixture.done(h -> storage.renameFile(1, List.of("root", "x", "y"), h))).isNull();
      assertThat(fixture.done(h -> storage.renameFolder(List.of("root"), List.of("other"), h)))
          .isNull();
      assertThat(fixture.check()).isEqualTo(all());
      renamed = storage.renamed();
      assertThat(renamed).hasSize(4).containsEntry(1, List.of("other", "x", "y"));
    }
    assertThat(folder().resolve("root")).doesNotExist();
    try (StorageFixture again =
        new StorageFixture(torrent, Place.of(folder()).renamed(renamed), 4096, 256)) {
      assertThat(again.check()).isEqualTo(all());
    }
  }

  @Test
  void aNameThatIsUnsafeOrTakenIsRefused() throws IOException {
    Files.writeString(folder().resolve("foreign"), "foreign");
    try (StorageFixture fixture = full()) {
      for (List<String> bad :
          List.of(
              List.of(".."),
              List.of("a", "..", "b"),
              List.of("a/b"),
              List.of(""),
              List.<String>of(),
              List.of("foreign"),
              torrent.files.get(1).path(),
              List.of("root"),
              List.of("ROOT"))) {
        Fault fault = fixture.done(h -> fixture.storage.renameFile(0, bad, h));
        assertThat(fault).as("%s", bad).isNotNull();
        assertThat(fault.kind()).isIn(Fault.Kind.NO_PERMISSION, Fault.Kind.OCCUPIED);
      }
      assertThat(fixture.check()).isEqualTo(all());
    }
    assertThat(folder().resolve("foreign")).hasContent("foreign");
  }

  @Test
  void deletingTakesOnlyTheTorrentsOwn() throws IOException {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    try (StorageFixture fixture = full()) {
      Files.writeString(folder().resolve("root/d1/mine"), "mine");
      Files.delete(torrent.path(folder(), 2));
      Files.writeString(outside.resolve("f2"), "precious");
      Files.delete(folder().resolve("root/d2"));
      Files.createSymbolicLink(folder().resolve("root/d2"), outside);
      Fault fault = fixture.done(fixture.storage::delete);
      assertThat(fault.kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
      Files.delete(folder().resolve("root/d2"));
      assertThat(fixture.done(fixture.storage::delete)).isNull();
    }
    assertThat(regular(folder())).containsExactly(Path.of("root/d1/mine"));
    assertThat(outside.resolve("f2")).hasContent("precious");
  }

  @Test
  void unwantedFilesAreNotMadeAndTheirBordersAreKept() throws IOException {
    BitSet some = new BitSet();
    some.set(0);
    some.set(3);
    try (StorageFixture fixture = new StorageFixture(torrent, folder())) {
      assertThat(fixture.done(h -> fixture.storage.select(some, h))).isNull();
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      int[] pieces = {0, 1, 6, 7, 8, 9};
      for (int piece : pieces) {
        assertThat(fixture.commit(piece, torrent.data(piece)).good()).isTrue();
      }
      for (int piece : pieces) {
        assertThat(fixture.verify(piece).good()).isTrue();
      }
      assertThat(regular(folder())).hasSize(3).anyMatch(p -> p.toString().endsWith(".parts"));
    }
    try (StorageFixture again = new StorageFixture(torrent, folder())) {
      assertThat(again.done(h -> again.storage.select(some, h))).isNull();
      BitSet good = new BitSet();
      for (int piece : new int[] {0, 1, 6, 7, 8, 9}) {
        good.set(piece);
      }
      assertThat(again.check()).isEqualTo(good);
      BitSet every = new BitSet();
      every.set(0, 4);
      assertThat(again.done(h -> again.storage.select(every, h))).isNull();
      assertThat(again.check()).isEqualTo(good);
      assertThat(regular(folder())).hasSize(4).noneMatch(p -> p.toString().endsWith(".parts"));
      for (int piece = 2; piece < 6; piece++) {
        assertThat(again.commit(piece, torrent.data(piece)).good()).isTrue();
      }
      assertThat(again.check()).isEqualTo(all());
    }
  }

  @Test
  void aFileThatNobodyWantsIsMadeWhenAWholePieceOfItComes() throws IOException {
    BitSet none = new BitSet();
    try (StorageFixture fixture = new StorageFixture(torrent, folder())) {
      assertThat(fixture.done(h -> fixture.storage.select(none, h))).isNull();
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      assertThat(regular(folder())).isEmpty();
      for (int piece : new int[] {1, 3, 2}) {
        assertThat(fixture.commit(piece, torrent.data(piece)).good()).isTrue();
        assertThat(fixture.verify(piece).good()).isTrue();
      }
      assertThat(fixture.verify(1).good()).isTrue();
      assertThat(torrent.path(folder(), 1)).exists();
      assertThat(torrent.path(folder(), 0)).doesNotExist();
    }
  }

  @Test
  void aFolderOfAnotherDiskIsAbsentAndStaysEmpty() throws IOException {
    Presence before;
    try (StorageFixture fixture = full()) {
      before = probe(fixture);
      assertThat(before.against(before.root().get(), before.stamps()))
          .isEqualTo(Presence.Verdict.SAME);
    }
    Files.move(folder(), parent.resolve("away"));
    Place place = Place.of(folder()).root(before.root().get());
    try (StorageFixture fixture = new StorageFixture(torrent, place, 4096, 256)) {
      assertThat(probe(fixture).against(before.root().get(), before.stamps()))
          .isEqualTo(Presence.Verdict.ABSENT);
      assertThat(fixture.done(fixture.storage::prepare).kind()).isEqualTo(Fault.Kind.ABSENT);
      assertThat(fixture.commit(0, torrent.data(0)).fault().kind()).isEqualTo(Fault.Kind.ABSENT);
      assertThat(fixture.done(fixture.storage::delete).kind()).isEqualTo(Fault.Kind.ABSENT);
      assertThat(regular(folder())).isEmpty();
      Files.delete(parent.resolve("folder"));
      Files.move(parent.resolve("away"), parent.resolve("folder"));
      assertThat(probe(fixture).against(before.root().get(), before.stamps()))
          .isEqualTo(Presence.Verdict.SAME);
      assertThat(fixture.commit(0, torrent.data(0)).good()).isTrue();
      assertThat(probe(fixture).stamps().changedSince(before.stamps())).hasToString("{0}");
    }
  }

  @Test
  void aWholeFileIsAllocatedAndKeepsItsData() throws IOException {
    torrent.writeTo(folder());
    try (RandomAccessFile file = new RandomAccessFile(torrent.path(folder(), 1).toFile(), "rw")) {
      file.setLength(150_000);
    }
    Place place = Place.of(folder()).allocation(Place.Allocation.FULL);
    try (StorageFixture fixture = new StorageFixture(torrent, place, 4096, 256)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      assertThat(torrent.path(folder(), 1)).hasSize(300_000);
      BitSet good = all();
      good.clear(3, 7);
      assertThat(fixture.check()).isEqualTo(good);
    }
  }
}
