package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** Upload slots of a downloader, of which each peer has what it wants and gives nothing. */
class TurnTest {
  private static final int CREDIT_BLOCKS = 2;
  private static final int PIECES = 8;
  private static final int OURS = 6;

  private final TorrentWorld world = new TorrentWorld(Content.of(PIECES, 4), 2_048);

  @AfterEach
  void nothingLeaks() {
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  /** We have six of eight pieces and two slots. */
  private void start() {
    world.storage.fill();
    world.storage.good.clear(OURS, PIECES);
    world.start(
        world.content.metainfo(),
        new TorrentOptions(true, false, List.of(), TorrentLimits.of(0, 0), 50, 2));
    world.pump();
  }

  private FarPeer join(int n, Message pieces) {
    FarPeer peer = world.join(n, true);
    peer.say(pieces, new Message.Interested());
    for (int i = 0; i < OURS * 4; i++) {
      peer.say(new Message.Request(i / 4, i % 4 * PieceLayout.BLOCK, PieceLayout.BLOCK));
    }
    world.loop.run(0);
    return peer;
  }

  private FarPeer joinWithOurLack(int n) {
    return join(n, new Message.Have(OURS));
  }

  private static int got(FarPeer peer) {
    return peer.blocks().size();
  }

  @Test
  void whoGivesNothingHasACreditIfOthersWait() {
    start();
    FarPeer one = joinWithOurLack(1);
    FarPeer two = joinWithOurLack(2);
    assertThat(got(one)).isEqualTo(CREDIT_BLOCKS);
    assertThat(got(two)).isEqualTo(CREDIT_BLOCKS);
    FarPeer three = world.join(3, true);
    three.say(new Message.HaveNone(), new Message.Interested());
    assertThat(world.near(three).chokedByUs()).isTrue();
    world.run(2);
    assertThat(world.near(three).chokedByUs()).isFalse();
    assertThat(Stream.of(one, two).filter(p -> !world.near(p).chokedByUs())).hasSize(1);
  }

  @Test
  void ifNobodyWaitsItGoesOn() {
    start();
    FarPeer one = joinWithOurLack(1);
    assertThat(got(one)).isEqualTo(CREDIT_BLOCKS);
    world.run(2);
    assertThat(got(one)).isEqualTo(OURS * 4 - CREDIT_BLOCKS);
  }

  @Test
  void whoHasNothingToGiveGetsAllThatItAsksFor() {
    start();
    FarPeer one = join(1, new Message.HaveNone());
    assertThat(got(one)).isEqualTo(OURS * 4);
  }

  @Test
  void whoGivesASixteenthHasNoLimit() {
    start();
    FarPeer one = joinWithOurLack(1);
    assertThat(got(one)).isEqualTo(CREDIT_BLOCKS);
    one.say(new Message.Unchoke());
    world.pump();
    world.serve(one);
    FarPeer two = joinWithOurLack(2);
    FarPeer three = joinWithOurLack(3);
    world.run(2);
    assertThat(got(two) + got(three)).isGreaterThanOrEqualTo(2 * CREDIT_BLOCKS);
    assertThat(world.near(one).chokedByUs()).isFalse();
    assertThat(got(one)).isEqualTo(OURS * 4 - CREDIT_BLOCKS);
  }
}
