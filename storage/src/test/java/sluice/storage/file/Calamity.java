package sluice.storage.file;

import static sluice.testkit.Ordeal.isEmpty;
import static sluice.testkit.Ordeal.require;
import static sluice.testkit.Ordeal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import sluice.engine.port.Fault;
import sluice.engine.port.Relocation;

/**
 * A program that meets a full and a vanished disk, in a mount namespace of its own. Its argument is
 * a folder that holds {@code small}, a file system of 2 MiB, and {@code large}. It ends with an
 * exception when something is not as it should be.
 */
final class Calamity {
  private static final int PIECE = 65_536;

  private final Path small;
  private final Path large;
  private final TestTorrent torrent = TestTorrent.v1(PIECE, new Random(1), 1_000_000, 500_000);

  private Calamity(Path folder) {
    small = folder.resolve("small");
    large = folder.resolve("large");
  }

  public static void main(String[] args) throws Exception {
    Calamity calamity = new Calamity(Path.of(args[0]));
    calamity.allocation();
    calamity.writing();
    calamity.partFile();
    calamity.move();
    calamity.unmounted();
    System.out.println("all is well");
  }

  private void allocation() throws IOException {
    Path filler = fill(1_000_000);
    Place place = Place.of(small).allocation(Place.Allocation.FULL);
    try (StorageFixture fixture = new StorageFixture(torrent, place, 64, 8)) {
      require(kind(fixture.done(fixture.storage::prepare)) == Fault.Kind.NO_SPACE, "full");
      require(!Files.exists(torrent.path(small, 0)), "nothing is allocated");
      Files.delete(filler);
      require(fixture.done(fixture.storage::prepare) == null, "allocates when there is room");
      require(fixture.done(fixture.storage::delete) == null, "deletes");
    }
  }

  private void writing() throws IOException {
    Path filler = fill(1_000_000);
    try (StorageFixture fixture = new StorageFixture(torrent, small)) {
      require(fixture.done(fixture.storage::prepare) == null, "prepares");
      int first = -1;
      for (int piece = 0; piece < torrent.layout.pieceCount() && first < 0; piece++) {
        StorageFixture.Verdict verdict = fixture.commit(piece, torrent.data(piece));
        if (!verdict.good()) {
          require(kind(verdict.fault()) == Fault.Kind.NO_SPACE, "full: " + verdict.fault());
          first = piece;
        }
      }
      require(first > 0, "the disk was full");
      Files.delete(filler);
      for (int piece = first; piece < torrent.layout.pieceCount(); piece++) {
        require(fixture.commit(piece, torrent.data(piece)).good(), "goes on");
      }
      require(fixture.check().equals(all()), "all good");
      require(fixture.done(fixture.storage::delete) == null, "deletes");
    }
  }

  private void partFile() throws IOException {
    int border = 1_000_000 / PIECE;
    BitSet second = new BitSet();
    second.set(1);
    try (StorageFixture fixture = new StorageFixture(torrent, small)) {
      require(fixture.done(h -> fixture.storage.select(second, h)) == null, "selects");
      require(fixture.done(fixture.storage::prepare) == null, "prepares");
      Path filler = fill(Files.getFileStore(small).getUsableSpace());
      Fault fault = fixture.commit(border, torrent.data(border)).fault();
      require(kind(fault) == Fault.Kind.NO_SPACE, "full: " + fault);
      Files.delete(filler);
      require(fixture.commit(border, torrent.data(border)).good(), "goes on");
      require(!Files.exists(torrent.path(small, 0)), "not wanted, not made");
      require(fixture.done(fixture.storage::delete) == null, "deletes");
    }
    require(isEmpty(small), "nothing is left");
  }

  private void move() throws IOException {
    torrent.writeTo(large);
    Path filler = fill(1_000_000);
    try (StorageFixture fixture = new StorageFixture(torrent, large)) {
      require(kind((Fault) move(fixture)) == Fault.Kind.NO_SPACE, "full");
      require(fixture.check().equals(all()), "the old place is whole");
      Files.delete(filler);
      require(isEmpty(small), "nothing is left of the copy");
      Relocation.Leftover leftover = (Relocation.Leftover) move(fixture);
      require(fixture.done(leftover::delete) == null, "leaves");
      require(isEmpty(large) && fixture.check().equals(all()), "the new place is whole");
      require(fixture.done(fixture.storage::delete) == null, "deletes");
    }
  }

  private void unmounted() throws Exception {
    Path mount = Files.createDirectory(large.resolve("mount"));
    run("mount", "--bind", small.toString(), mount.toString());
    try (StorageFixture fixture = new StorageFixture(torrent, mount)) {
      require(fixture.done(fixture.storage::prepare) == null, "prepares");
      require(fixture.commit(0, torrent.data(0)).good(), "writes");
      run("umount", "-l", mount.toString());
      int last = torrent.layout.pieceCount() - 1;
      Fault fault = fixture.commit(last, torrent.data(last)).fault();
      require(kind(fault) == Fault.Kind.ABSENT, "absent: " + fault);
      require(isEmpty(mount), "nothing is made in the mount point");
      run("mount", "--bind", small.toString(), mount.toString());
      require(fixture.commit(last, torrent.data(last)).good(), "goes on");
      require(fixture.verify(0).good(), "what was there is there");
    }
  }

  private Object move(StorageFixture fixture) {
    AtomicReference<Object> result = new AtomicReference<>();
    fixture.storage.move(
        small.toString(),
        new Relocation.MoveHandler() {
          @Override
          public void onProgress(long movedBytes, long totalBytes) {
            require(movedBytes <= 1_500_000, "no more than there is");
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

  private Path fill(long bytes) throws IOException {
    return Files.write(small.resolve("filler"), new byte[(int) bytes]);
  }

  private BitSet all() {
    BitSet all = new BitSet();
    all.set(0, torrent.layout.pieceCount());
    return all;
  }

  private static Fault.Kind kind(Fault fault) {
    return fault == null ? Fault.Kind.BAD_ANSWER : fault.kind();
  }
}
