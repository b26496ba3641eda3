package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerExtension;
import sluice.engine.peer.PeerTalk;
import sluice.engine.peer.Sender;
import sluice.engine.peer.SlotSeller;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.Info;

/** An extension that writes down what it hears, echoes messages, and sells to one peer. */
final class RecordedTalk implements PeerExtension, PeerTalk, SlotSeller {
  static final String NAME = "test_talk";

  final List<String> told = new ArrayList<>();

  /** What one who speaks it may be sent. */
  long credit = Long.MAX_VALUE;

  /** To whom a slot is sold; negative for nobody. */
  int buyer = -1;

  boolean waiting;

  boolean needed;
  boolean pays;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<PeerTalk> join(Info torrent) {
    return torrent.isPrivate() ? Optional.empty() : Optional.of(this);
  }

  @Override
  public BDictionary greeting(Peer peer) {
    return BDictionary.builder().put("q", 5).build();
  }

  @Override
  public void onGreeting(Peer peer, BDictionary greeting) {
    told.add("greeting " + greeting.integer("q").orElse(-1));
    peer.slot().credit(credit);
  }

  @Override
  public void onMessage(Peer peer, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    Extensions.send(peer, NAME, bytes);
  }

  @Override
  public void onSent(Peer peer, int bytes) {
    told.add("sent " + bytes);
  }

  @Override
  public void onBlock(Peer peer, int piece, int begin, int length, boolean asked) {
    told.add("block " + piece + "/" + begin + (asked ? "" : " unasked"));
  }

  @Override
  public void onChecked(Peer peer, int piece, int length, boolean good) {
    told.add((good ? "right " : "wrong ") + piece + " " + length);
  }

  @Override
  public void onPiece(int piece, boolean good, List<Sender> senders) {
    told.add((good ? "good " : "bad ") + piece);
  }

  @Override
  public void onClosed(Peer peer) {
    told.add("closed");
  }

  @Override
  public boolean needs(Peer peer) {
    return needed;
  }

  @Override
  public boolean wantsWholePieces(Peer peer) {
    return pays;
  }

  @Override
  public void tick(long now) {
    // Nothing of it depends on time.
  }

  @Override
  public Optional<SlotSeller> seller() {
    return Optional.of(this);
  }

  @Override
  public void end() {
    told.add("end");
  }

  @Override
  public int freePermille() {
    return 500;
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public void sell(List<Peer> wanting, int slots, long now) {
    waiting = false;
    told.add("sells " + slots + " to " + wanting.size());
  }

  @Override
  public double weight(Peer peer) {
    return peer.key() == buyer ? 1 : 0;
  }
}
