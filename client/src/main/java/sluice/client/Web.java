package sluice.client;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.transport.Transport;

/**
 * Requests over the web for the program around a client, by the ways of its announces: through its
 * proxies and bound as it is, and never past them. Any thread but the client's own; waits for the
 * answer.
 */
public final class Web {
  /** A request that the loop did not get to ends so much later. */
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final Transport transport;

  /** By the ways of {@code transport}. */
  public Web(Transport transport) {
    this.transport = transport;
  }

  /**
   * What is asked.
   *
   * @param uri of http or https
   * @param upload what is sent, if anything
   * @param reach where it may go
   * @param maxBytes that the answer may have
   * @param timeoutNanos for all of it
   */
  public record Question(
      URI uri, Optional<Http.Upload> upload, Reach reach, int maxBytes, long timeoutNanos) {}

  /** Whoever asks. */
  @FunctionalInterface
  public interface Line {
    /** The answer; an {@link IOException} says in one line why there is none. */
    Answer ask(Question question) throws IOException, InterruptedException;
  }

  /** What a server said. */
  public static final class Answer {
    private final int status;
    private final byte[] body;

    /** A status of HTTP and a body, which is not copied. */
    public Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /** The status of HTTP. */
    public int status() {
      return status;
    }

    /** The body, which belongs to whoever asked. */
    public byte[] body() {
      return body;
    }
  }

  /** Asks; an {@link IOException} says in one line why there is no answer. */
  public Answer ask(Question question) throws IOException, InterruptedException {
    Http.Request request =
        new Http.Request(
            question.uri(),
            question.upload(),
            Optional.empty(),
            Optional.empty(),
            question.reach(),
            question.maxBytes(),
            question.timeoutNanos());
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    transport.loop().execute(() -> transport.http().get(request, new Waiting(answer)));
    try {
      return answer.get(question.timeoutNanos() + GRACE_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()), e);
    } catch (TimeoutException e) {
      throw new IOException("the client does not answer, or has ended", e);
    }
  }

  private record Waiting(CompletableFuture<Answer> answer) implements Http.Handler {
    @Override
    public void onAnswer(int status, byte[] body) {
      answer.complete(new Answer(status, body));
    }

    @Override
    public void onFault(Fault fault) {
      answer.completeExceptionally(new IOException(fault.detail()));
    }
  }
}
