package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import sluice.tracker.service.Tally;

/** Answers announces and scrapes of one thread, in memory that it uses again. */
final class Desk {
  private static final byte[] OK =
      Head.ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ");
  private static final byte[] CLOSE = Head.ascii("\r\nConnection: close\r\n\r\n");
  private static final byte[] KEEP = Head.ascii("\r\n\r\n");
  private static final int LENGTH_DIGITS = 20;

  private final Proxies proxies;
  private final HttpResponder responder;
  private final Question own;
  private final Body length = new Body(LENGTH_DIGITS);
  private final Tally tally;
  private Head head;
  private Body body = length;

  /** What becomes of a request. */
  enum Outcome {
    ANSWERED,
    ANSWERED_LAST,
    /** Not an announce and not a scrape. */
    OTHER,
    BROKEN
  }

  Desk(HttpOptions options, HttpResponder responder, Tally tally) {
    this.tally = tally;
    this.proxies = new Proxies(options);
    this.responder = responder;
    this.own = question();
    this.head = own.head;
  }

  /** A place for a question to this desk. */
  Question question() {
    return new Question(proxies.header());
  }

  /**
   * Answers the request in the first {@code size} bytes of {@code in}, which stay unread. The
   * answer is what {@link #reply} gives next.
   */
  Outcome answer(ByteBuf in, int size, Sender remote) {
    own.read(in, size);
    return answer(own, remote);
  }

  /** {@code question} will be answered soon; see {@link #lookAhead}. */
  void expect(Question question) {
    if (question.namesTorrent()) {
      responder.expect(question.hash);
    }
  }

  /** Looks at what will be needed for all questions that are expected, and expects none then. */
  void lookAhead() {
    responder.lookAhead();
  }

  /** Answers {@code question}. The answer is what {@link #reply} gives next. */
  Outcome answer(Question question, Sender remote) {
    if (question.kind == Question.Kind.BROKEN) {
      return Outcome.BROKEN;
    }
    if (question.kind == Question.Kind.OTHER) {
      return Outcome.OTHER;
    }
    Optional<Sender> sender = proxies.client(remote, question::forwarded);
    if (sender.isEmpty()) {
      return Outcome.BROKEN;
    }
    head = question.head;
    body =
        question.kind == Question.Kind.ANNOUNCE
            ? responder.announce(question, sender.get())
            : responder.scrape(question, sender.get());
    length.clear().decimal(body.size());
    return head.keepsAlive ? Outcome.ANSWERED : Outcome.ANSWERED_LAST;
  }

  void countMalformed() {
    tally.malformed().increment();
  }

  /** Bytes of the reply, or more. */
  int replyBytes() {
    return OK.length + CLOSE.length + length.size() + body.size();
  }

  /** Writes the answer to the last request. */
  void reply(ByteBuf out) {
    out.writeBytes(OK)
        .writeBytes(length.bytes(), 0, length.size())
        .writeBytes(head.keepsAlive ? KEEP : CLOSE);
    if (head.method == Head.Method.GET) {
      out.writeBytes(body.bytes(), 0, body.size());
    }
  }
}
