package sluice.engine.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;

/** HTTP that answers by a script, a tenth of a second later, and remembers what was asked. */
public final class FakeHttp implements Http {
  private static final long LATENCY_NANOS = 100_000_000L;

  /** All requests so far. */
  public final List<Request> requests = new ArrayList<>();

  /** When each of {@link #requests} was made. */
  public final List<Long> times = new ArrayList<>();

  /** All downloads so far, which the test answers. */
  public final List<FakeDownload> downloads = new ArrayList<>();

  private final Loop loop;
  private Function<Request, Answer> script = r -> new Silence();

  public FakeHttp(Loop loop) {
    this.loop = loop;
  }

  /** What a request meets. */
  public sealed interface Answer {}

  /** A status and a body in Latin-1. */
  public record Reply(int status, String body) implements Answer {}

  /** No connection. */
  public record Broken(Fault fault) implements Answer {}

  /** Nothing, until the time-out. */
  public record Silence() implements Answer {}

  /** Sets what answers. */
  public void script(Function<Request, Answer> script) {
    this.script = script;
  }

  @Override
  public void get(Request request, Handler handler) {
    requests.add(request);
    times.add(loop.now());
    switch (script.apply(request)) {
      case Reply(int status, String body) ->
          loop.after(
              LATENCY_NANOS,
              () -> handler.onAnswer(status, body.getBytes(StandardCharsets.ISO_8859_1)));
      case Broken(Fault fault) -> loop.after(LATENCY_NANOS, () -> handler.onFault(fault));
      case Silence() ->
          loop.after(
              request.timeoutNanos(),
              () -> handler.onFault(new Fault(Fault.Kind.TIMEOUT, "no answer in time")));
    }
  }

  @Override
  public Download download(Range range, Receiver receiver) {
    FakeDownload made = new FakeDownload(range, receiver);
    downloads.add(made);
    return made;
  }

  /** The addresses that were asked so far, without query. */
  public List<String> asked() {
    return requests.stream().map(r -> r.uri().toString().replaceAll("\\?.*", "")).toList();
  }

  /** A parameter of the query of request {@code index}; empty if it is not there. */
  public String parameter(int index, String name) {
    for (String pair : requests.get(index).uri().getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }
}
