package sluice.sim.net;

import java.nio.ByteBuffer;
import sluice.protocol.address.Endpoint;

/** Sees the streams of a host, from the side of its process, without changing anything. */
public interface StreamObserver {
  /** A stream to {@code remote} is open. */
  Watch opened(Endpoint remote);

  /** Sees the bytes of one stream; the buffers are views of its own, valid during the call. */
  interface Watch {
    /** The process queued {@code bytes}. */
    void sent(ByteBuffer bytes);

    /** {@code bytes} are about to be delivered to the process. */
    void received(ByteBuffer bytes);

    /** The process has taken in what {@link #received} showed. */
    void delivered();

    /** The stream has ended. */
    void closed();
  }

  /** Sees nothing. */
  StreamObserver NONE = remote -> Blind.WATCH;

  /** A watch that does not look. */
  enum Blind implements Watch {
    WATCH;

    @Override
    public void sent(ByteBuffer bytes) {}

    @Override
    public void received(ByteBuffer bytes) {}

    @Override
    public void delivered() {}

    @Override
    public void closed() {}
  }
}
