package sluice.transport.http;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.transport.netty.Faults;

/** Heads of answers to ranged requests, as values; see RFC 9110, sections 10.2.3 and 14. Pure. */
final class Heads {
  /** Longest time to wait that is believed. */
  private static final Duration MAX_RETRY = Duration.ofDays(1);

  private static final Pattern RANGE =
      Pattern.compile("bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("bytes +\\*/([0-9]{1,18})");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private Heads() {}

  /** An answer that breaks its protocol. */
  static final class BadHead extends Exception {
    private static final long serialVersionUID = 1;

    BadHead(String detail) {
      super(detail, null, false, false);
    }
  }

  /**
   * What it means that the decoder gave up for {@code cause}: the connection ended, or nonsense.
   */
  static Fault unreadable(Throwable cause) {
    return cause instanceof PrematureChannelClosureException
        ? new Fault(Fault.Kind.CLOSED, "the server closed the connection within its answer")
        : new Fault(Fault.Kind.BAD_ANSWER, "not HTTP: " + Faults.line(cause));
  }

  /**
   * What {@code head} says to somebody who asked for {@code range} of {@code target}.
   *
   * @param byPublic whether the server has a global address
   * @param now for a server that sends a date to wait for and not its own
   */
  static Http.Answer read(
      HttpResponse head, Http.Range range, Target target, boolean byPublic, Instant now)
      throws BadHead {
    int status = head.status().code();
    HttpHeaders headers = head.headers();
    return switch (status) {
      case 200 -> whole(headers, range);
      case 206 -> part(headers, range);
      case 301, 302, 303, 307, 308 -> new Http.Answer.Moved(location(headers, target), byPublic);
      default ->
          new Http.Answer.Refused(
              status, status == 416 ? total(headers) : OptionalLong.empty(), retry(headers, now));
    };
  }

  private static Http.Answer whole(HttpHeaders headers, Http.Range range) throws BadHead {
    requirePlain(headers);
    OptionalLong length = length(headers);
    long end = length.orElse(range.to());
    return new Http.Answer.Part(0, end, length);
  }

  private static Http.Answer part(HttpHeaders headers, Http.Range range) throws BadHead {
    requirePlain(headers);
    if (headers.getAll(HttpHeaderNames.CONTENT_RANGE).size() != 1) {
      throw new BadHead("the answer does not tell its range");
    }
    Matcher told = RANGE.matcher(headers.get(HttpHeaderNames.CONTENT_RANGE, "").strip());
    if (!told.matches()) {
      throw new BadHead("the answer's range cannot be read");
    }
    long from = Long.parseLong(told.group(1));
    long to = Long.parseLong(told.group(2)) + 1;
    OptionalLong total =
        told.group(3).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(told.group(3)));
    if (from != range.from() || to > range.to() || to <= from || total.orElse(to) < to) {
      throw new BadHead("the answer has another range than was asked for");
    }
    OptionalLong length = length(headers);
    if (length.isPresent() && length.getAsLong() != to - from) {
      throw new BadHead("the answer's length is not that of its range");
    }
    return new Http.Answer.Part(from, to, total);
  }

  /** Codings of the content and of the way, in all headers that tell of them. */
  private static void requirePlain(HttpHeaders headers) throws BadHead {
    List<String> content = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
    List<String> transfer = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!areAll(content, "") || !areAll(transfer, "chunked")) {
      throw new BadHead("the answer is compressed, which was not asked for");
    }
  }

  private static boolean areAll(List<String> codings, String allowed) {
    return codings.stream()
        .map(String::strip)
        .allMatch(
            c -> c.isEmpty() || c.equalsIgnoreCase("identity") || c.equalsIgnoreCase(allowed));
  }

  private static OptionalLong length(HttpHeaders headers) throws BadHead {
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return OptionalLong.empty();
    }
    String text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!DIGITS.matcher(text.strip()).matches()) {
      throw new BadHead("the answer's length cannot be read");
    }
    return OptionalLong.of(Long.parseLong(text.strip()));
  }

  private static OptionalLong total(HttpHeaders headers) {
    Matcher told = UNSATISFIED.matcher(headers.get(HttpHeaderNames.CONTENT_RANGE, "").strip());
    return told.matches() ? OptionalLong.of(Long.parseLong(told.group(1))) : OptionalLong.empty();
  }

  private static URI location(HttpHeaders headers, Target target) throws BadHead {
    Optional<URI> uri =
        Optional.ofNullable(headers.get(HttpHeaderNames.LOCATION))
            .flatMap(target::redirect)
            .map(Target::uri);
    return uri.orElseThrow(() -> new BadHead("redirected to what is not http or https"));
  }

  private static OptionalLong retry(HttpHeaders headers, Instant now) {
    String text = headers.get(HttpHeaderNames.RETRY_AFTER, "").strip();
    Optional<Duration> wait =
        DIGITS.matcher(text).matches()
            ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), 1L << 32)))
            : date(text)
                .map(then ->
                    Duration.between(
                        date(headers.get(HttpHeaderNames.DATE, "")).orElse(now), then));
    return wait.isEmpty() || wait.get().isNegative()
        ? OptionalLong.empty()
        : OptionalLong.of((wait.get().compareTo(MAX_RETRY) > 0 ? MAX_RETRY : wait.get()).toNanos());
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
    } catch (DateTimeException notDate) {
      return Optional.empty();
    }
  }
}
