package sluice.engine.session;

/** Where an {@link Entry} is on its way. */
enum EntryState {
  /** Nothing runs and no file is open. */
  IDLE,
  /** It is complete, and nothing is opened until somebody wants it. */
  WAITING,
  /** It is to be opened and waits until fewer are being opened. */
  LINED,
  /** Its metadata are being fetched. */
  FETCHING,
  /** Its source was asked. */
  OPENING,
  RUNNING,
  /** The run says goodbye and closes its files. */
  ENDING,
  /** Nothing runs; its files are being changed. */
  BUSY,
  /** Removed. */
  GONE
}
