package sluice.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A response that grows, up to a limit. Loop only. */
final class Answer {
  private final HttpResponse head;
  private final int maxBodyBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  Answer(HttpResponse head, int maxBodyBytes) {
    this.head = head;
    this.maxBodyBytes = maxBodyBytes;
  }

  int status() {
    return head.status().code();
  }

  /** Whether a final answer follows this one. */
  boolean isInterim() {
    return status() < 200;
  }

  /** Where the server sends the asker, if it does. */
  Optional<String> redirect() {
    return switch (status()) {
      case 301, 302, 303, 307, 308 ->
          Optional.ofNullable(head.headers().get(HttpHeaderNames.LOCATION));
      default -> Optional.empty();
    };
  }

  /** Whether the server announces more than the limit. */
  boolean announcesTooMuch() {
    return HttpUtil.getContentLength(head, 0L) > maxBodyBytes;
  }

  /** Takes more of the body; false if that is too much. */
  boolean append(ByteBuf content) throws IOException {
    if (content.readableBytes() > maxBodyBytes - body.size()) {
      return false;
    }
    content.readBytes(body, content.readableBytes());
    return true;
  }

  /** The body, decompressed; empty if that is too much. */
  Optional<byte[]> body() throws IOException {
    String coding =
        head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity").toLowerCase(Locale.ROOT);
    return switch (coding.strip()) {
      case "identity", "" -> Optional.of(body.toByteArray());
      case "gzip", "x-gzip" -> gunzip();
      default -> throw new IOException("content encoding " + coding + " was not asked for");
    };
  }

  private Optional<byte[]> gunzip() throws IOException {
    if (body.size() == 0) {
      return Optional.of(new byte[0]);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
      byte[] plain = in.readNBytes(maxBodyBytes);
      return in.read() < 0 ? Optional.of(plain) : Optional.empty();
    }
  }
}
