package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Ed25519;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/** A link is pointed to a newer torrent while somebody follows it (BEP 46). */
final class WatchIT {
  private static final String HOST = "127.0.0.1";
  private static final int PIECE_BYTES = 16_384;
  private static final int SAME_PIECES = 40;
  private static final int OTHER_PIECES = 3;

  @TempDir Path work;

  /** A torrent with a large file that stays and a small one that does not. */
  private record Version(Path folder, Path torrent, Hash hash) {}

  private Version version(int number) {
    Path folder = work.resolve("version" + number);
    Content.file(folder.resolve("site"), "a.bin", SAME_PIECES * PIECE_BYTES, 1);
    Content.file(folder.resolve("site"), "b.bin", OTHER_PIECES * PIECE_BYTES, 1 + number);
    Path torrent = work.resolve("version" + number + ".torrent");
    List<String> options = List.of("--v1", "--piece-size", Integer.toString(PIECE_BYTES));
    Libtorrent.Created made = Libtorrent.create(folder.resolve("site"), torrent, options);
    return new Version(folder, torrent, Hash.ofHex(made.v1()));
  }

  @Test
  void newerTorrentTakesThePlaceAndOnlyWhatDiffersIsFetched()
      throws IOException, GeneralSecurityException {
    Version first = version(1);
    Version second = version(2);
    Version third = version(3);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] seed = Ed25519.rawSeed(pair.getPrivate().getEncoded());
    BString key = BString.of(Ed25519.rawPublic(pair.getPublic().getEncoded()));
    BString salt = BString.of("");
    Path target = work.resolve("target");
    try (Hub hub = new Hub(HOST);
        RealProcess one = seed(first);
        RealProcess two = seed(second);
        RealProcess three = seed(third)) {
      hub.put(Item.Mutable.sign(seed, key, salt, 1, UpdateValue.write(first.hash)));
      List<String> network = new ArrayList<>();
      network.addAll(List.of("--state", work.resolve("state").toString()));
      network.addAll(List.of("--dir", target.toString(), "--json", "--no-tracker", "--no-lsd"));
      network.addAll(List.of("--bind", HOST, "--port", "0", "--no-utp"));
      network.addAll(List.of("--dht-node", hub.entry().toString()));
      for (RealProcess each : List.of(one, two, three)) {
        network.addAll(List.of("--peer", HOST + ":" + port(each)));
      }
      List<String> get =
          new ArrayList<>(List.of("get", new UpdateMagnet(key, salt).toUri(), "--watch", "1s"));
      get.addAll(network);
      try (RealProcess run = Sluice.run(work, get)) {
        awaitComplete(run, first);
        assertThat(Content.hashes(target)).isEqualTo(Content.hashes(first.folder));
        hub.put(Item.Mutable.sign(seed, key, salt, 2, UpdateValue.write(second.hash)));
        awaitNext(run, second);
        assertThat(Content.hashes(target)).isEqualTo(Content.hashes(second.folder));
      }
      List<String> goOn = new ArrayList<>(List.of("get", "--seed"));
      goOn.addAll(network);
      try (RealProcess run = Sluice.run(work, goOn)) {
        run.awaitLine("seeding", Patience.STEP, l -> Json.isEvent(l, "seeding"));
        hub.put(Item.Mutable.sign(seed, key, salt, 3, UpdateValue.write(third.hash)));
        awaitNext(run, third);
        assertThat(Content.hashes(target)).isEqualTo(Content.hashes(third.folder));
      }
    }
  }

  /** Waits until {@code version} has come, of which most was there already. */
  private static void awaitNext(RealProcess get, Version version) {
    awaitComplete(get, version);
    String checked =
        get.output().stream()
            .filter(l -> Json.isEvent(l, "checked") && l.contains(version.hash.hex()))
            .toList()
            .getLast();
    assertThat(Json.number(checked, "have")).as(checked).isEqualTo(SAME_PIECES);
  }

  private static void awaitComplete(RealProcess get, Version version) {
    get.awaitLine(
        "version " + version.hash,
        Patience.STEP,
        l -> Json.isEvent(l, "complete") && l.contains(version.hash.hex()));
  }

  private RealProcess seed(Version version) {
    List<String> arguments = new ArrayList<>(List.of("seed", version.torrent.toString()));
    arguments.addAll(List.of("--dir", version.folder.toString(), "--json", "--no-tracker"));
    arguments.addAll(List.of("--bind", HOST, "--port", "0", "--no-dht", "--no-lsd", "--no-utp"));
    return Sluice.run(work, arguments);
  }

  private static int port(RealProcess process) {
    String line = process.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
    return (int) Json.number(line, "port");
  }
}
