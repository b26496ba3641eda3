package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.peer.Sender;

class SmartBanTest {
  private static final Sender A = at("192.0.2.1", 1);
  private static final Sender B = at("192.0.2.2", 1);
  private static final Sender C = at("192.0.2.3", 1);
  private final SmartBan bans = new SmartBan();

  @Test
  void whoSentAWholeBadPieceIsBannedAtOnce() {
    assertThat(bans.onBad(3, List.of(1L, 2L), List.of(A, A))).containsExactly(A);
    assertThat(bans.remembers(3)).isFalse();
  }

  @Test
  void theSenderOfADifferentBlockIsFoundWhenThePieceComesGood() {
    assertThat(bans.onBad(3, List.of(1L, 666L, 3L), List.of(A, B, A))).isEmpty();
    assertThat(bans.remembers(3)).isTrue();
    assertThat(bans.onBad(3, List.of(1L, 2L, 667L), List.of(A, A, C))).isEmpty();
    assertThat(bans.onGood(4, List.of(1L), List.of(A))).isEmpty();
    assertThat(bans.onGood(3, List.of(1L, 2L, 3L), List.of(A, A, A))).containsExactly(B, C);
    assertThat(bans.remembers(3)).isFalse();
    assertThat(bans.onGood(3, List.of(1L, 9L, 3L), List.of(A, A, A))).isEmpty();
    assertThat(bans.blocks()).isZero();
  }

  @Test
  void twoBadPiecesMeanParoleUntilAGoodOneFetchedAlone() {
    bans.onBad(1, List.of(1L, 2L), List.of(A, B));
    assertThat(bans.onParole(A)).isFalse();
    bans.onBad(2, List.of(1L, 2L), List.of(C, A));
    assertThat(bans.onParole(A)).isTrue();
    assertThat(bans.onParole(at("192.0.2.1", 777))).isTrue();
    assertThat(bans.onParole(B)).isFalse();
    assertThat(bans.onGood(5, List.of(1L, 2L), List.of(A, A))).isEmpty();
    assertThat(bans.onParole(A)).isFalse();
  }

  /** Each bad piece counts until it is known who lied in it. */
  @Test
  void whoTookPartInManyBadPiecesIsOnParoleUntilAllButOneAreExplained() {
    for (int piece = 0; piece < 5; piece++) {
      bans.onBad(piece, List.of(1L, 666L), List.of(A, B));
    }
    for (int piece = 0; piece < 3; piece++) {
      bans.onProof(piece, List.of(1L, 2L));
      assertThat(bans.onParole(A)).as("after %d proofs", piece + 1).isTrue();
    }
    assertThat(bans.onGood(3, List.of(1L, 2L), List.of(A, C))).containsExactly(B);
    assertThat(bans.onParole(A)).as("cleared by a good piece, too").isFalse();
  }

  @Test
  void aProofCondemnsTheSendersOfWrongBlocksAndClearsTheOthers() {
    bans.onBad(1, List.of(1L, 2L), List.of(A, B));
    bans.onBad(3, List.of(1L, 666L, 3L), List.of(A, B, C));
    assertThat(bans.onParole(A)).isTrue();
    assertThat(bans.onProof(3, List.of(1L, 2L, 3L))).containsExactly(B);
    assertThat(bans.onParole(A)).isFalse();
    assertThat(bans.onParole(B)).isFalse();
    assertThat(bans.remembers(3)).isFalse();
    assertThat(bans.onProof(3, List.of(9L, 9L, 9L))).isEmpty();
    assertThat(bans.onProof(1, List.of(9L, 2L))).containsExactly(A);
    assertThat(bans.suspects()).isZero();
    assertThat(bans.blocks()).isZero();
  }

  @Test
  void whatIsRememberedIsBounded() {
    List<Long> digests = Collections.nCopies(1_000, 5L);
    for (int piece = 0; piece < 200; piece++) {
      List<Sender> senders = new ArrayList<>(Collections.nCopies(1_000, A));
      for (int i = 0; i < 20; i++) {
        senders.set(i, at("198.51." + (piece % 100) + "." + (i + 1), 1));
      }
      bans.onBad(piece, digests, senders);
      assertThat(bans.blocks()).isLessThanOrEqualTo(SmartBan.MAX_BLOCKS);
      assertThat(bans.suspects()).isLessThanOrEqualTo(SmartBan.MAX_SUSPECTS);
    }
    assertThat(bans.remembers(0)).isFalse();
    assertThat(bans.remembers(199)).isTrue();
  }

  @Test
  void digestsAreTheHeadOfSha256AndLeaveTheBufferAlone() {
    ByteBuffer abc = ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(SmartBan.digest(abc)).isEqualTo(0xba7816bf8f01cfeaL);
    assertThat(abc.remaining()).isEqualTo(3);
  }

  @Test
  void everyBlockHasASender() {
    assertThatThrownBy(() -> bans.onBad(1, List.of(1L, 2L), List.of(A)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Up to nine of ten peers lie now and then: all that is banned lied, and the download ends. */
  @Test
  void onlyLiarsAreBannedAndTheDownloadEnds() {
    long seed = Long.getLong("sluice.seed", 99);
    for (int liars = 0; liars < 10; liars++) {
      SplittableRandom random = new SplittableRandom(seed + liars);
      SmartBan smart = new SmartBan();
      List<Sender> peers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        peers.add(at("192.0.2." + (i + 1), 1));
      }
      Set<Sender> lying = new LinkedHashSet<>(peers.subList(0, liars));
      int bad = 0;
      for (int piece = 0; piece < 200; ) {
        boolean good = true;
        List<Long> digests = new ArrayList<>();
        List<Sender> senders = new ArrayList<>();
        Sender first = peers.get(random.nextInt(peers.size()));
        List<Sender> sharing = peers.stream().filter(p -> !smart.onParole(p)).toList();
        for (long block = 0; block < 8; block++) {
          Sender sender =
              smart.onParole(first) ? first : sharing.get(random.nextInt(sharing.size()));
          boolean lie = lying.contains(sender) && random.nextInt(3) == 0;
          good &= !lie;
          digests.add(lie ? -1 - random.nextLong(1_000_000) : piece * 8L + block);
          senders.add(sender);
        }
        bad += good ? 0 : 1;
        List<Sender> banned =
            good ? smart.onGood(piece, digests, senders) : smart.onBad(piece, digests, senders);
        assertThat(lying).as("seed %d, %d liars", seed, liars).containsAll(banned);
        peers.removeAll(banned);
        piece += good ? 1 : 0;
        assertThat(bad).as("seed %d, %d liars", seed, liars).isLessThan(200);
      }
      assertThat(peers).as("seed %d, %d liars", seed, liars).hasSize(10 - liars);
    }
  }

  @Test
  void aWebSeedIsFoundLikeAPeer() {
    Sender web = new Sender.Web("http://example.test/");
    assertThat(bans.onBad(1, List.of(1L, 2L), List.of(web, web))).containsExactly(web);
    bans.onBad(2, List.of(1L, 2L), List.of(web, A));
    bans.onBad(3, List.of(1L, 2L), List.of(A, web));
    assertThat(bans.onParole(web)).isTrue();
    assertThat(bans.onGood(2, List.of(7L, 2L), List.of(A, A))).containsExactly(web);
  }

  private static Sender at(String literal, int port) {
    return new Sender.Remote(Peers.at(literal, port));
  }
}
