package sluice.engine.count;

import java.util.Map;

/**
 * What has happened in a session since its start, so far as nothing else tells it. Loop only; what
 * it costs is an addition.
 */
public final class SessionCounts {
  private final Tally<Handshake> handshakes = new Tally<>();
  private final Tally<Ending> endings = new Tally<>();
  private long receivedBytes;
  private long receivedPayload;
  private long sentBytes;
  private long sentPayload;
  private long goodPieces;
  private long badPieces;
  private long exchanges;

  /** Nothing has happened yet. */
  public SessionCounts() {}

  /** Handshakes that ended alike: by uTP or TCP, with a peer of a torrent of ours or in vain. */
  public record Handshake(boolean utp, boolean good) {}

  /**
   * All of it at one moment.
   *
   * @param handshakes of connections both ways; one that is tried once more counts once more
   * @param endings of connections with peers of torrents
   * @param receivedProtocol bytes from peers of torrents that are not payload
   * @param sentProtocol bytes to peers of torrents that are not payload
   * @param goodPieces that came and were right
   * @param badPieces that came and were wrong
   * @param exchanges messages by which peers were told of others (BEP 11)
   */
  public record Told(
      Map<Handshake, Long> handshakes,
      Map<Ending, Long> endings,
      long receivedProtocol,
      long sentProtocol,
      long goodPieces,
      long badPieces,
      long exchanges) {
    public Told {
      handshakes = Tally.copy(handshakes);
      endings = Tally.copy(endings);
    }
  }

  /** As of this call. */
  public Told told() {
    return new Told(
        handshakes.told(),
        endings.told(),
        receivedBytes - receivedPayload,
        sentBytes - sentPayload,
        goodPieces,
        badPieces,
        exchanges);
  }

  /** A handshake has ended. */
  public void greeted(boolean utp, boolean good) {
    handshakes.add(new Handshake(utp, good), 1);
  }

  /** A connection with a peer has ended. */
  public void ended(Ending why) {
    endings.add(why, 1);
  }

  /** Bytes came from a peer. */
  public void received(long bytes) {
    receivedBytes += bytes;
  }

  /** That much of them was payload. */
  public void receivedPayload(long bytes) {
    receivedPayload += bytes;
  }

  /** Bytes were queued for a peer, and so much of them is payload. */
  public void sent(long bytes, long payload) {
    sentBytes += bytes;
    sentPayload += payload;
  }

  /** A piece has come, and was looked at. */
  public void piece(boolean good) {
    if (good) {
      goodPieces++;
    } else {
      badPieces++;
    }
  }

  /** A peer was told of others. */
  public void exchanged() {
    exchanges++;
  }
}
