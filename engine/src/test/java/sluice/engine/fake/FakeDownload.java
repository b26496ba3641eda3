package sluice.engine.fake;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;

/** A download of which the test is the server. */
public final class FakeDownload implements Http.Download {
  private final Http.Range range;
  private final Http.Receiver receiver;
  private boolean reading = true;
  private boolean closed;

  FakeDownload(Http.Range range, Http.Receiver receiver) {
    this.range = range;
    this.receiver = receiver;
  }

  public Http.Range range() {
    return range;
  }

  public boolean isReading() {
    return reading;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Answers. */
  public void answer(Http.Answer answer) {
    receiver.onAnswer(answer);
  }

  /** Sends the whole range of {@code file}, which has all bytes of the file. */
  public void send(byte[] file) {
    answer(new Http.Answer.Part(range.from(), range.to(), OptionalLong.of(file.length)));
    int length = (int) (range.to() - range.from());
    give(ByteBuffer.wrap(file, (int) range.from(), length));
  }

  /** Sends {@code bytes}, and the end if all were taken. */
  public void give(ByteBuffer bytes) {
    if (!closed) {
      receiver.onBytes(bytes);
    }
    if (!closed && !bytes.hasRemaining()) {
      closed = true;
      receiver.onEnd();
    }
  }

  /** Sends {@code bytes}, of which more follow. */
  public void receive(ByteBuffer bytes) {
    receiver.onBytes(bytes);
  }

  /** Breaks off. */
  public void fail(Fault fault) {
    closed = true;
    receiver.onFault(fault);
  }

  @Override
  public void reading(boolean on) {
    reading = on;
  }

  @Override
  public void close() {
    closed = true;
  }
}
