package sluice.sim.check;

import java.util.ArrayList;
import java.util.List;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.StreamObserver;

/**
 * Reads along on all connections of one engine and checks that it keeps the protocol: serves only
 * what was asked for, asks only for what is there, tells only what it has, unchokes no more than it
 * has slots.
 */
public final class WireWatch implements StreamObserver {
  private final String owner;
  private final SimVolume volume;
  private final int slots;
  private final Findings findings;
  private final List<Conversation> open = new ArrayList<>();

  /** A watch over {@code owner}, which has {@code volume} and {@code slots} upload slots. */
  public WireWatch(String owner, SimVolume volume, int slots, Findings findings) {
    this.owner = owner;
    this.volume = volume;
    this.slots = slots;
    this.findings = findings;
  }

  @Override
  public Watch opened(Endpoint remote) {
    Conversation conversation = new Conversation(this, remote);
    open.add(conversation);
    return conversation;
  }

  void closed(Conversation conversation) {
    open.remove(conversation);
  }

  PieceLayout layout() {
    return volume.layout();
  }

  /** The engine told a peer that it has {@code piece}. */
  void told(int piece, Endpoint peer) {
    require(volume.isGood(piece), peer, "told of piece " + piece + ", which it does not have");
  }

  void require(boolean holds, Endpoint peer, String text) {
    if (!holds) {
      findings.require(false, owner + " to " + peer + ": " + text);
    }
  }

  /** Checks what must hold between events. */
  public void check() {
    long unchoked = open.stream().filter(Conversation::unchoked).count();
    findings.require(
        unchoked <= slots, owner + " unchokes " + unchoked + " peers with " + slots + " slots");
  }
}
