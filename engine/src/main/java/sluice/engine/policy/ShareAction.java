package sluice.engine.policy;

/** What happens to a torrent that has shared enough. */
public enum ShareAction {
  STOP,
  REMOVE,
  REMOVE_WITH_DATA,
  /** Goes on as a super-seed (BEP 16). */
  SUPER_SEED
}
