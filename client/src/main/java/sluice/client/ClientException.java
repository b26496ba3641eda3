package sluice.client;

/** Tells why a client cannot do what it was asked for, in one line for people. */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
