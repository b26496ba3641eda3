package sluice.engine.torrent;

/** Why a peer has an upload slot. */
public enum SlotKind {
  /** It pays for it. */
  BID,
  /** By the policy of the torrent. */
  RATE,
  /** By chance. */
  OPTIMISTIC
}
