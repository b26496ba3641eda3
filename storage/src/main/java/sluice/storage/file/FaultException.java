package sluice.storage.file;

import java.io.IOException;
import sluice.engine.port.Fault;

/** A failure on a file that is already put as a fault of the port. */
final class FaultException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  FaultException(Fault.Kind kind, String detail) {
    this(new Fault(kind, detail));
  }

  FaultException(Fault fault) {
    super(fault.detail());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
