package sluice.transport.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.transport.netty.Faults;

/** Reads the answer to one request. Loop only. */
final class AnswerReader extends SimpleChannelInboundHandler<HttpObject> {
  private final Exchange exchange;
  private final int maxBodyBytes;
  private @Nullable Answer answer;
  private boolean detached;

  AnswerReader(Exchange exchange, int maxBodyBytes) {
    this.exchange = exchange;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Ignores all that follows. */
  void detach() {
    detached = true;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
    if (detached) {
      return;
    }
    DecoderResult decoded = part.decoderResult();
    if (decoded.isFailure()) {
      exchange.fail(Heads.unreadable(decoded.cause()));
      return;
    }
    if (part instanceof HttpResponse head) {
      begin(new Answer(head, maxBodyBytes));
    }
    Answer current = answer;
    if (current == null || !(part instanceof HttpContent content)) {
      return;
    }
    if (!current.append(content.content())) {
      tooLarge();
    } else if (part instanceof LastHttpContent) {
      end(current);
    }
  }

  private void begin(Answer begun) {
    Optional<String> location = begun.redirect();
    if (location.isPresent()) {
      exchange.redirect(location.get());
    } else if (begun.announcesTooMuch()) {
      tooLarge();
    } else {
      answer = begun;
    }
  }

  private void end(Answer whole) {
    answer = null;
    if (whole.isInterim()) {
      return;
    }
    try {
      whole.body().ifPresentOrElse(body -> exchange.answer(whole.status(), body), this::tooLarge);
    } catch (IOException e) {
      exchange.fail(bad("the body cannot be decoded: " + Faults.line(e)));
    }
  }

  private void tooLarge() {
    answer = null;
    exchange.fail(bad("the answer is larger than " + maxBodyBytes + " bytes"));
  }

  private static Fault bad(String detail) {
    return new Fault(Fault.Kind.BAD_ANSWER, detail);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (detached) {
      return;
    }
    exchange.fail(
        answer == null
            ? new Fault(Fault.Kind.CLOSED, "the server closed the connection without an answer")
            : bad("the answer ends early"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!detached) {
      exchange.fail(Faults.of(cause));
    }
  }
}
