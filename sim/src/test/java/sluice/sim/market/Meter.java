package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerExtension;
import sluice.engine.peer.PeerTalk;
import sluice.engine.peer.Sender;
import sluice.engine.peer.SlotSeller;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.Info;

/**
 * Stands beside a payer's market and counts by itself, from messages and blocks alone, what came on
 * awards and what of it turned out right; fails when the payee has given more than one window that
 * is not paid, or the payer has promised more than one unit that is not verified. It outlives the
 * payer's processes.
 */
final class Meter {
  private final SimBank bank;
  private final long windowBytes;

  /** Whether the seller is one of ours, which never gives more than a window. */
  boolean limitsSeller = true;

  private final long unitBytes;

  /** Blocks of pieces that are not verified, in bytes. */
  private final Map<Integer, Long> open = new HashMap<>();

  /** Awards that last, by neighbour: it may be connected twice when one end has died silently. */
  private final Map<String, Integer> awards = new HashMap<>();

  /** The peer whose blocks are charged. */
  private Optional<Peer> charging = Optional.empty();

  /** What came and was not paid before the award that lasts. */
  private long writtenOffMicros;

  /** What was promised and not verified before the award that lasts. */
  private long aheadBeforeMicros;

  /** What came on awards. */
  long chargedBytes;

  /** What of it was verified. */
  long verifiedBytes;

  long mostOwedMicros;
  long mostAheadMicros;

  Meter(SimBank bank, long windowBytes, long unitBytes) {
    this.bank = bank;
    this.windowBytes = windowBytes;
    this.unitBytes = unitBytes;
  }

  /** The payer's process has begun: what is not verified is gone. */
  PeerExtension beside(PeerExtension market) {
    charging = Optional.empty();
    open.clear();
    awards.clear();
    return new PeerExtension() {
      @Override
      public String name() {
        return market.name();
      }

      @Override
      public Optional<PeerTalk> join(Info torrent) {
        return market.join(torrent).map(Beside::new);
      }
    };
  }

  /** A promise is kept. */
  void promised() {
    long ahead = bank.promised() - verifiedBytes - aheadBeforeMicros;
    mostAheadMicros = Math.max(mostAheadMicros, ahead);
    assertThat(ahead).as("promised and not verified").isLessThanOrEqualTo(unitBytes);
  }

  private void block(Peer peer, int piece, int bytes) {
    if (charging.filter(peer::equals).isPresent()) {
      chargedBytes += bytes;
      open.merge(piece, (long) bytes, Long::sum);
      long owed = chargedBytes - bank.taken() - writtenOffMicros;
      mostOwedMicros = Math.max(mostOwedMicros, owed);
      if (limitsSeller) {
        assertThat(owed).as("given and not paid").isLessThanOrEqualTo(windowBytes);
      }
    }
  }

  private void verified(int piece, long bytes) {
    long left = open.getOrDefault(piece, 0L);
    verifiedBytes += Math.min(bytes, left);
    open.put(piece, left - Math.min(bytes, left));
  }

  /** An award has begun for the payer. */
  void bought(String neighbour) {
    awards.merge(neighbour, 1, Integer::sum);
  }

  /** An award is over for the payer; another one of the same neighbour may go on. */
  void ended(String neighbour) {
    if (awards.merge(neighbour, -1, Integer::sum) == 0) {
      charging = charging.filter(peer -> !peer.endpoint().toString().equals(neighbour));
    }
  }

  private void told(Peer peer, PayMessage message) {
    switch (message) {
      case PayMessage.Ack ack -> {
        if (charging.filter(peer::equals).isEmpty()) {
          writtenOffMicros = chargedBytes - bank.taken();
          aheadBeforeMicros = Math.max(0, bank.promised() - verifiedBytes);
          charging = Optional.of(peer);
        }
      }
      case PayMessage.Done done -> charging = charging.filter(p -> !p.equals(peer));
      case PayMessage.Bid b -> {}
      case PayMessage.Award a -> {}
      case PayMessage.Open o -> {}
      case PayMessage.Pay p -> {}
      case PayMessage.Need n -> {}
      case PayMessage.Fault f -> {}
      case PayMessage.Unknown u -> {}
    }
  }

  /** Passes everything on. */
  private final class Beside implements PeerTalk {
    private final PeerTalk talk;

    Beside(PeerTalk talk) {
      this.talk = talk;
    }

    @Override
    public BDictionary greeting(Peer peer) {
      return talk.greeting(peer);
    }

    @Override
    public void onGreeting(Peer peer, BDictionary told) {
      talk.onGreeting(peer, told);
    }

    @Override
    public void onMessage(Peer peer, ByteBuffer payload) {
      told(peer, PayCodec.decode(payload.duplicate()));
      talk.onMessage(peer, payload);
    }

    @Override
    public void onSent(Peer peer, int bytes) {
      talk.onSent(peer, bytes);
    }

    @Override
    public void onBlock(Peer peer, int piece, int begin, int length, boolean asked) {
      block(peer, piece, length);
      talk.onBlock(peer, piece, begin, length, asked);
    }

    @Override
    public void onChecked(Peer peer, int piece, int length, boolean good) {
      if (good) {
        verified(piece, length);
      }
      talk.onChecked(peer, piece, length, good);
    }

    @Override
    public void onPiece(int piece, boolean good, List<Sender> senders) {
      if (good) {
        verified(piece, Long.MAX_VALUE);
      }
      talk.onPiece(piece, good, senders);
    }

    @Override
    public void onClosed(Peer peer) {
      charging = charging.filter(p -> !p.equals(peer));
      talk.onClosed(peer);
    }

    @Override
    public boolean needs(Peer peer) {
      return talk.needs(peer);
    }

    @Override
    public boolean wantsWholePieces(Peer peer) {
      return talk.wantsWholePieces(peer);
    }

    @Override
    public void tick(long now) {
      talk.tick(now);
    }

    @Override
    public Optional<SlotSeller> seller() {
      return talk.seller();
    }

    @Override
    public void end() {
      talk.end();
    }
  }
}
