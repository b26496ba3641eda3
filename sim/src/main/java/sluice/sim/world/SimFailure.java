package sluice.sim.world;

/** Something threw during an event; the message says how to repeat it. */
public final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
