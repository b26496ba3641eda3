package sluice.client.crash;

import static sluice.client.crash.Calamity.await;
import static sluice.testkit.Ordeal.require;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.port.Fault;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.address.HostPort;

/**
 * A part of {@link Calamity}: files are cut off, removed and overwritten while they are shared. The
 * first two stop their torrents, what is overwritten is not counted any more, others go on.
 */
final class ForeignHand {
  private static final int BYTES = 4 << 20;
  private static final int PIECE = 1 << 16;

  /** So slow that there is time for it. */
  private static final long LEECH_RATE = 400_000;

  private final Path source;
  private final Path copies;
  private final ClientConfig kept;

  private ForeignHand(Path folder) {
    source = folder.resolve("source");
    copies = folder.resolve("copies");
    kept = Subject.config().keep(folder.resolve("state"));
  }

  /** Does it below {@code folder}. */
  static void check(Path folder) throws Exception {
    new ForeignHand(folder).check();
  }

  private Goods make(int number) throws Exception {
    return Goods.make(source, number, BYTES, PIECE, "http://127.0.0.1:9/announce");
  }

  private Path file(Goods goods, int number) {
    return source.resolve("t" + goods.number()).resolve("f" + number);
  }

  private void check() throws Exception {
    List<Goods> all = List.of(make(20), make(21), make(22), make(23));
    try (Client seed = Client.open(kept);
        Client leech = Client.open(Subject.config())) {
      List<TorrentHandle> seeded = seed(seed, all);
      HostPort at = new HostPort("127.0.0.1", seed.port());
      for (Goods goods : all) {
        AddOptions options = AddOptions.into(copies).withoutTrackers().limits(LEECH_RATE, 0);
        TorrentHandle copy = leech.add(goods.torrentFile(), options.peers(List.of(at)));
        await(leech, copy, s -> s.havePieces() > 0);
      }
      try (RandomAccessFile cut = new RandomAccessFile(file(all.get(0), 0).toFile(), "rw")) {
        cut.setLength(PIECE / 2);
      }
      Files.delete(file(all.get(1), 0));
      try (RandomAccessFile wrong = new RandomAccessFile(file(all.get(2), 1).toFile(), "rw")) {
        wrong.write(new byte[5 * PIECE]);
      }
      faulted(seed, seeded.get(0));
      faulted(seed, seeded.get(1));
      int left = all.get(2).right(source).cardinality();
      await(seed, seeded.get(2), s -> s.phase() == Phase.DOWNLOADING && s.havePieces() >= left);
      TorrentSnapshot good = seeded.get(3).snapshot().orElseThrow();
      require(good.phase() == Phase.SEEDING && isWhole(good), "others go on: " + good);
    }
    again(all);
  }

  private List<TorrentHandle> seed(Client client, List<Goods> all) throws Exception {
    List<TorrentHandle> seeded = new ArrayList<>();
    for (Goods goods : all) {
      AddOptions options = AddOptions.into(source).withoutTrackers();
      TorrentHandle handle = client.add(goods.torrentFile(), options);
      handle.awaitCompletion();
      seeded.add(handle);
    }
    return seeded;
  }

  private static void faulted(Client client, TorrentHandle handle) throws Exception {
    TorrentSnapshot faulted = await(client, handle, s -> s.phase() == Phase.FAULTED);
    Fault fault = faulted.fault().orElseThrow();
    require(fault.kind() == Fault.Kind.MISSING && fault.detail().contains("f0"), "why: " + fault);
  }

  /** At the next start what counts as there, once it was looked at, is what is there. */
  private void again(List<Goods> all) throws Exception {
    try (Client client = Client.open(kept)) {
      for (Goods goods : all) {
        TorrentHandle handle =
            client.torrents().stream()
                .filter(h -> h.hashes().equals(goods.hashes()))
                .findFirst()
                .orElseThrow();
        handle.start().toCompletableFuture().join();
        int right = goods.right(source).cardinality();
        Phase phase = right == goods.pieceCount() ? Phase.SEEDING : Phase.DOWNLOADING;
        await(client, handle, s -> s.phase() == phase && s.havePieces() == right);
      }
    }
  }

  private static boolean isWhole(TorrentSnapshot snapshot) {
    return snapshot.havePieces() == snapshot.pieces();
  }
}
