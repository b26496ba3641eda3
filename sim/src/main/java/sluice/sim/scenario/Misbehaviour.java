package sluice.sim.scenario;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.Message.Request;
import sluice.protocol.wire.PieceSet;
import sluice.sim.scenario.WirePeer.Script;
import sluice.sim.scenario.WirePeer.Wire;
import sluice.sim.world.Chance;

/** Ways in which a peer that pretends to be a seed can be bad. */
public final class Misbehaviour {
  private static final long SECOND = 1_000_000_000;
  private static final byte FLIP = 0x55;

  private Misbehaviour() {}

  /** Serves every block; with {@code probability} a byte of it is wrong. */
  public static WirePeer.Factory liar(Chance chance, double probability) {
    return liar(request -> chance.happens(probability));
  }

  /** Serves every block; a byte of those that {@code lies} names is wrong. */
  public static WirePeer.Factory liar(Predicate<Request> lies) {
    return wire -> new FakeSeed(wire, r -> serve(wire, r, lies.test(r)));
  }

  /** Serves every block, each {@code nanos} after it was asked for. */
  public static WirePeer.Factory slow(long nanos) {
    return wire -> new FakeSeed(wire, r -> wire.after(nanos, () -> serve(wire, r, false)));
  }

  /** Serves every block, and answers requests for hashes with random ones (BEP 52). */
  public static WirePeer.Factory hashLiar(Chance chance) {
    return wire -> {
      FakeSeed seed = new FakeSeed(wire, r -> serve(wire, r, false));
      return new Script() {
        @Override
        public void onOpen() {
          seed.onOpen();
        }

        @Override
        public void onMessage(Message message) {
          if (message instanceof Message.HashRequest r) {
            wire.send(falseHashes(r, chance));
          } else {
            seed.onMessage(message);
          }
        }
      };
    };
  }

  private static Message.Hashes falseHashes(Message.HashRequest r, Chance chance) {
    HashRange range = new HashRange(r.baseLayer(), r.index(), r.length(), r.proofLayers());
    byte[] hashes = new byte[range.answerLength() * Hash.SHA256_BYTES];
    chance.fill(hashes);
    return new Message.Hashes(
        r.piecesRoot(),
        r.baseLayer(),
        r.index(),
        r.length(),
        r.proofLayers(),
        ByteBuffer.wrap(hashes));
  }

  /** Takes requests, never answers, and keeps the connection alive. */
  public static WirePeer.Factory mute() {
    return wire -> {
      stayAlive(wire);
      return new FakeSeed(wire, r -> {});
    };
  }

  private static void stayAlive(Wire wire) {
    wire.after(
        50 * SECOND,
        () -> {
          wire.send(new Message.KeepAlive());
          stayAlive(wire);
        });
  }

  /** Rejects every request (BEP 6). */
  public static WirePeer.Factory rejecting() {
    return wire ->
        new FakeSeed(
            wire, r -> wire.send(new Message.RejectRequest(r.piece(), r.begin(), r.length())));
  }

  /** Chokes for ever. */
  public static WirePeer.Factory choking() {
    return wire -> silent(() -> haveAll(wire));
  }

  /** Chokes and unchokes in turn, a second each, and answers nothing in between. */
  public static WirePeer.Factory fickle() {
    return wire ->
        silent(() -> {
          haveAll(wire);
          toggle(wire, false);
        });
  }

  /** Sends {@code count} blocks that nobody asked for. */
  public static WirePeer.Factory flooding(int count) {
    return wire ->
        silent(() -> {
          haveAll(wire);
          int length = wire.torrent().layout().blockLength(0, 0);
          for (int i = 0; i < count; i++) {
            wire.sendBlock(0, 0, wire.torrent().block(0, 0, length));
          }
        });
  }

  /** Sends random bytes after the handshake. */
  public static WirePeer.Factory garbage(Chance chance) {
    return wire ->
        silent(() -> {
          byte[] bytes = new byte[chance.between(1, 5_000)];
          chance.fill(bytes);
          wire.sendRaw(bytes);
        });
  }

  /**
   * Wants everything, asks for all of it {@code times} over, choked or not, and reads no answer.
   */
  public static WirePeer.Factory greedy(int times) {
    return wire ->
        silent(() -> {
          wire.send(new Message.Interested());
          wire.after(SECOND, () -> askForAll(wire, times));
        });
  }

  private static void askForAll(Wire wire, int times) {
    PieceLayout layout = wire.torrent().layout();
    wire.stopReading();
    for (int i = 0; i < times; i++) {
      for (int piece = 0; piece < layout.pieceCount(); piece++) {
        for (int block = 0; block < layout.blockCount(piece); block++) {
          int begin = block * PieceLayout.BLOCK;
          wire.send(new Request(piece, begin, layout.blockLength(piece, block)));
        }
      }
    }
  }

  private static void haveAll(Wire wire) {
    if (wire.isFast()) {
      wire.send(new Message.HaveAll());
    } else {
      byte[] bits = PieceSet.full(wire.torrent().layout().pieceCount()).toWire();
      wire.send(new Message.Bitfield(ByteBuffer.wrap(bits)));
    }
  }

  private static void toggle(Wire wire, boolean unchoked) {
    wire.send(unchoked ? new Message.Choke() : new Message.Unchoke());
    wire.after(SECOND, () -> toggle(wire, !unchoked));
  }

  private static void serve(Wire wire, Request request, boolean wrong) {
    byte[] bytes = wire.torrent().block(request.piece(), request.begin(), request.length());
    if (wrong) {
      bytes[bytes.length / 2] ^= FLIP;
    }
    wire.sendBlock(request.piece(), request.begin(), bytes);
  }

  private static Script silent(Runnable opening) {
    return new Script() {
      @Override
      public void onOpen() {
        opening.run();
      }

      @Override
      public void onMessage(Message message) {
        // It does not listen.
      }
    };
  }

  /** What becomes of a request. */
  private interface Service {
    void serve(Request request);
  }

  /** Says that it has everything, unchokes whoever is interested, and serves in its own way. */
  private record FakeSeed(Wire wire, Service service) implements Script {
    @Override
    public void onOpen() {
      haveAll(wire);
    }

    @Override
    public void onMessage(Message message) {
      if (message instanceof Message.Interested) {
        wire.send(new Message.Unchoke());
      } else if (message instanceof Request request) {
        service.serve(request);
      }
    }
  }
}
