package sluice.transport;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;

/**
 * Asks a server and tells the outcome in a line: {@code accept:100-200/1000} for a part of which
 * all came, {@code accept:moved URI}, {@code accept:refused STATUS wait=SECONDS total=BYTES},
 * {@code accept:STATUS BYTES} for a whole answer, {@code reject:KIND} for a fault. Checks that the
 * port keeps its promises.
 */
final class HttpAsk {
  static final int MAX_BODY_BYTES = 1_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Bed bed;

  HttpAsk(Bed bed) {
    this.bed = bed;
  }

  String ask(String reader, String url) {
    return switch (reader) {
      case "range" -> range(url);
      case "get" -> get(url);
      default -> throw new IllegalArgumentException("unknown reader " + reader);
    };
  }

  static Http.Range part(String url, long from, long to) {
    return new Http.Range(URI.create(url), Optional.empty(), Reach.ANY, from, to, PATIENCE_NANOS);
  }

  private String range(String url) {
    Parts parts = new Parts();
    bed.run(() -> bed.transport.http().download(part(url, HttpRow.FROM, HttpRow.TO), parts));
    String outcome = Bed.await(parts.outcome);
    bed.run(() -> {});
    if (parts.broken != null) {
      throw new IllegalStateException(parts.broken + " after " + outcome);
    }
    return outcome;
  }

  private String get(String url) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Http.Handler handler =
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            tell(
                body.length <= MAX_BODY_BYTES
                    ? "accept:" + status + " " + body.length
                    : "too large");
          }

          @Override
          public void onFault(Fault fault) {
            tell("reject:" + fault.kind());
          }

          private void tell(String line) {
            if (!outcome.complete(line)) {
              throw new IllegalStateException("told twice: " + line);
            }
          }
        };
    Http.Request request =
        new Http.Request(
            URI.create(url), Optional.empty(), Optional.empty(), MAX_BODY_BYTES, PATIENCE_NANOS);
    bed.run(() -> bed.transport.http().get(request, handler));
    return Bed.await(outcome);
  }

  /** Checks the order and the number of bytes. */
  private static final class Parts implements Http.Receiver {
    final CompletableFuture<String> outcome = new CompletableFuture<>();
    String broken;
    private String part;
    private long left;

    @Override
    public void onAnswer(Http.Answer answer) {
      check(part == null && !outcome.isDone(), "a second answer");
      switch (answer) {
        case Http.Answer.Part(long from, long to, OptionalLong total) -> {
          check(from == HttpRow.FROM ? to <= HttpRow.TO && to > from : from == 0, "another part");
          part = from + "-" + to + "/" + text(total);
          left = to - from;
        }
        case Http.Answer.Moved(URI uri, boolean byPublic) -> {
          check(!byPublic, "loopback is public");
          outcome.complete("accept:moved " + uri);
        }
        case Http.Answer.Refused(int status, OptionalLong total, OptionalLong retry) -> {
          String wait = retry.isEmpty() ? "-" : Long.toString(retry.getAsLong() / 1_000_000_000L);
          outcome.complete("accept:refused " + status + " wait=" + wait + " total=" + text(total));
        }
      }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      check(part != null && !outcome.isDone(), "bytes out of place");
      left -= bytes.remaining();
      check(left >= 0, "more bytes than announced");
      bytes.position(bytes.limit());
    }

    @Override
    public void onEnd() {
      check(part != null && left == 0 && !outcome.isDone(), "an end with " + left + " bytes left");
      outcome.complete("accept:" + part);
    }

    @Override
    public void onFault(Fault fault) {
      check(!outcome.isDone(), "a fault");
      outcome.complete("reject:" + fault.kind());
    }

    private void check(boolean holds, String what) {
      if (!holds && broken == null) {
        broken = what;
      }
    }

    private static String text(OptionalLong number) {
      return number.isEmpty() ? "-" : Long.toString(number.getAsLong());
    }
  }
}
