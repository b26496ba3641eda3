package sluice.daemon.web;

import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer whose length nobody knows yet. If they are few they are sent at the end,
 * with their length; whoever fails before that has sent nothing. To close it does nothing: it ends
 * when the answer is whole. One thread.
 */
final class Outflow extends OutputStream {
  /** What is sent at once. */
  private static final int PART_BYTES = 1 << 15;

  private final ServerResponse response;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream open;

  Outflow(ServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int one) throws IOException {
    held.write(one);
    sendIfMuch();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    held.write(bytes, from, length);
    sendIfMuch();
  }

  private void sendIfMuch() throws IOException {
    if (held.size() >= PART_BYTES) {
      send();
    }
  }

  private void send() throws IOException {
    OutputStream out = open;
    if (out == null) {
      out = response.outputStream();
      open = out;
    }
    held.writeTo(out);
    held.reset();
  }

  @Override
  public void flush() throws IOException {
    send();
    OutputStream out = open;
    if (out != null) {
      out.flush();
    }
  }

  /** The answer is whole. */
  void end() throws IOException {
    if (open == null) {
      response.send(held.toByteArray());
    } else {
      send();
      giveUp();
    }
  }

  /** Nothing more is sent. */
  void giveUp() throws IOException {
    OutputStream out = open;
    if (out != null) {
      out.close();
    }
  }
}
