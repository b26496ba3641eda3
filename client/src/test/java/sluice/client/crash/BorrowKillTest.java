package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.storage.hashing.TorrentMaker;
import sluice.testkit.Child;

/**
 * A client that is killed while it takes the data of one torrent over into another: what is
 * recorded is right, and the next run completes it without a peer.
 */
@Timeout(120)
class BorrowKillTest {
  private static final int PIECE_BYTES = 1 << 18;
  private static final String COMPLETE = "complete, downloaded 0";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client-written:1",
        "client-written:30",
        "client-written:60",
        "client-recorded:2",
        "state-after-commit:3"
      })
  void whatIsRecordedIsRightAndTheNextRunCompletesIt(String fault) throws Exception {
    String tracker = "http://127.0.0.1:1/";
    Goods goods = Goods.make(folder.resolve("source"), 1, 16 << 20, PIECE_BYTES, tracker);
    byte[] twin =
        TorrentMaker.make(
                folder.resolve("source/t1"),
                options ->
                    options
                        .version(MetainfoBuilder.Version.V1)
                        .aligned(false)
                        .isPrivate(true)
                        .pieceLength(PIECE_BYTES),
                (done, total) -> {})
            .bytes();
    Files.write(folder.resolve("lender.torrent"), goods.torrentFile());
    Files.write(folder.resolve("borrower.torrent"), twin);

    assertThat(run(fault, 137)).as(fault).isSubsetOf(COMPLETE);
    Path copy = Files.createDirectories(folder.resolve("copy"));
    String name = MetainfoParser.parse(twin).info().hashes().v1().orElseThrow().hex();
    KeptState.Row row = KeptState.read(folder.resolve("state"), copy).get(name);
    BitSet have = row == null ? new BitSet() : row.have().orElseGet(BitSet::new);
    have.andNot(goods.right(folder.resolve("data")));
    assertThat(have).as("%s: recorded and not on disk", fault).isEqualTo(new BitSet());

    assertThat(run("", 0)).as(fault).containsExactly(COMPLETE);
    assertThat(goods.right(folder.resolve("data")).cardinality()).isEqualTo(goods.pieceCount());
    assertThat(goods.right(folder.resolve("source")).cardinality()).isEqualTo(goods.pieceCount());
  }

  private List<String> run(String fault, int ends) throws Exception {
    Path errors = folder.resolve("errors");
    List<String> command = Child.command(BorrowMain.class, folder.toString());
    try (Child child = Child.start(command, fault, errors)) {
      List<String> lines = child.lines();
      assertThat(child.end()).as(Files.readString(errors)).isEqualTo(ends);
      return lines;
    }
  }
}
