package sluice.engine.port;

/** An operation that runs and can be given up. Belongs to the loop. */
public interface Running {
  /** Stops it soon; its handler still hears the end. */
  void cancel();
}
