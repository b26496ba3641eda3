package sluice.state.record;

/** Says why stored bytes are not the record that they should be. */
public final class RecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RecordException(String message) {
    super(message);
  }
}
