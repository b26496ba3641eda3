package sluice.engine.session;

import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;

/** What stopped an entry, and whether it tries again all the same. Loop only. */
final class Trouble {
  private final Loop loop;
  private final Runnable look;
  private Optional<Fault> fault = Optional.empty();
  private boolean trying;

  /** {@code look} runs from time to time while there is something that may pass. */
  Trouble(Loop loop, Runnable look) {
    this.loop = loop;
    this.look = look;
  }

  /** What stopped it. */
  Optional<Fault> fault() {
    return fault;
  }

  /** Whether nothing is in the way of a try. */
  boolean isNone() {
    return fault.isEmpty() || trying;
  }

  void become(Fault cause) {
    trying = false;
    fault = Optional.of(cause);
  }

  void forget() {
    trying = false;
    fault = Optional.empty();
  }

  /** Looks again after a while, if it may pass. */
  void lookLater() {
    fault.filter(Fault::mayPass).ifPresent(f -> loop.after(Revival.INTERVAL_NANOS, look));
  }

  /** Tries all the same; false if there is nothing that may have passed. */
  boolean tryAgain() {
    trying = fault.filter(Fault::mayPass).isPresent();
    return trying;
  }

  /** The try has ended before it began. */
  void tried() {
    trying = false;
  }

  /** The try has shown that it {@code passed}, or did not. */
  void looked(boolean passed) {
    trying = false;
    if (passed) {
      forget();
    } else {
      lookLater();
    }
  }
}
