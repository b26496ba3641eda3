package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.peer.Requests;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.Message.Cancel;
import sluice.protocol.wire.Message.Have;
import sluice.protocol.wire.Message.Request;

/** A seed is not asked for what another peer got meanwhile, as long as it has unique pieces. */
class SparingTest {
  private TorrentWorld world = new TorrentWorld(Content.of(44, 1), 64);

  @AfterEach
  void nothingLeaks() {
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  /** A seed that has sent four pieces, after which the rarest come first. */
  private FarPeer seed() {
    world.start();
    FarPeer seed = world.seed(1);
    world.pump();
    List<Request> first = seed.heard(Request.class).subList(0, 4);
    first.forEach(r -> seed.sayBlock(r.piece(), 0, world.block(r)));
    world.loop.run(0);
    return seed;
  }

  /** What the seed was asked for and has not sent, in order. */
  private List<Integer> queued(FarPeer seed) {
    return world.near(seed).requests().all().stream().map(Requests.Open::piece).toList();
  }

  /** What the seed hears when another peer gets {@code piece}. */
  private List<Message> whenAnotherGets(int piece, FarPeer seed) {
    FarPeer other = world.join(2, true);
    other.say(new Message.HaveNone());
    world.pump();
    seed.heard();
    other.say(new Have(piece));
    world.pump();
    return seed.heard();
  }

  @Test
  void asksTheSeedForAPieceThatNobodyElseHas() {
    FarPeer seed = seed();
    List<Integer> queued = queued(seed);
    assertThat(queued).hasSize(20);
    List<Message> heard = whenAnotherGets(queued.getLast(), seed);
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst()).isInstanceOf(Cancel.class);
    assertThat(((Cancel) heard.getFirst()).piece()).isEqualTo(queued.getLast());
    assertThat(((Request) heard.getLast()).piece()).isNotIn(queued);
  }

  @Test
  void leavesWhatTheSeedIsAboutToSend() {
    FarPeer seed = seed();
    assertThat(whenAnotherGets(queued(seed).getFirst(), seed)).isEmpty();
  }

  @Test
  void leavesTheRequestWhenNoPieceIsUnique() {
    world = new TorrentWorld(Content.of(20, 1), 64);
    FarPeer seed = seed();
    List<Integer> queued = queued(seed);
    assertThat(queued).hasSize(16);
    assertThat(whenAnotherGets(queued.getLast(), seed)).isEmpty();
  }
}
