package sluice.engine.utp;

import java.nio.ByteBuffer;
import sluice.engine.port.Fault;

/** What a {@link UtpConnection} does to the world. Loop only. */
interface Wire {
  /** Sends a datagram, which is valid during the call. */
  void send(ByteBuffer datagram, boolean fragments);

  /** The other side has answered. */
  void onConnected();

  /** Bytes in order, valid during the call. */
  void onBytes(ByteBuffer bytes);

  /** Told once, for whatever reason but {@link UtpConnection#close}. */
  void onClosed(Fault fault);
}
