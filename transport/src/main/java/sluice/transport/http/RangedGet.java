package sluice.transport.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;

/**
 * One question for a part of a file. If the server closed a connection that had waited, another one
 * is opened; otherwise it ends with the connection. Loop only.
 */
final class RangedGet implements Http.Download, Link.User {
  private final NettyHttp http;
  private final Http.Range range;
  private final Http.Receiver receiver;
  private @Nullable Target target;
  private @Nullable Opening opening;
  private @Nullable Link link;
  private boolean reused;
  private boolean answered;
  private boolean reading = true;
  private boolean ended;

  /** Bytes of the body that have not come. */
  private long left;

  RangedGet(NettyHttp http, Http.Range range, Http.Receiver receiver) {
    this.http = http;
    this.range = range;
    this.receiver = receiver;
  }

  void start() {
    Optional<Target> found = Target.of(range.uri());
    if (ended) {
      return;
    }
    if (found.isEmpty()) {
      lost(new Fault(Fault.Kind.ADDRESS, "not an http or https URL with a host"));
      return;
    }
    target = found.get();
    Links.Origin origin = Links.Origin.of(found.get(), range.local(), http.lane());
    Link idle = http.links().take(origin, range.reach());
    if (idle == null) {
      open(found.get(), origin);
    } else {
      reused = true;
      ask(idle, found.get());
    }
  }

  private void open(Target to, Links.Origin origin) {
    Link fresh = new Link(http.links(), origin);
    long deadline = http.loop().now() + range.connectNanos();
    opening =
        new Opening(
            http,
            http.callers().downloads(),
            new Opening.Wish(to, range.local(), Optional.empty(), range.reach(), deadline),
            () -> fresh,
            new Opening.Outcome() {
              @Override
              public void onOpen(SocketChannel opened, Opening.Peer peer) {
                fresh.opened(opened, peer);
                ask(fresh, to);
              }

              @Override
              public void onFault(Fault fault) {
                lost(fault);
              }
            });
    opening.start();
  }

  private void ask(Link over, Target to) {
    link = over;
    over.ask(request(to), this);
    over.reading(reading);
  }

  private HttpRequest request(Target to) {
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, to.path());
    http.signed(request)
        .headers()
        .set(HttpHeaderNames.HOST, to.hostHeader())
        .set(HttpHeaderNames.ACCEPT_ENCODING, "identity")
        .set(HttpHeaderNames.RANGE, "bytes=" + range.from() + "-" + (range.to() - 1));
    to.authorization().ifPresent(a -> request.headers().set(HttpHeaderNames.AUTHORIZATION, a));
    return request;
  }

  @Override
  public boolean head(HttpResponse head) {
    answered = true;
    Target asked = target;
    Link over = link;
    if (asked == null || over == null) {
      return false;
    }
    Http.Answer answer;
    try {
      answer = Heads.read(head, range, asked, over.isPublic(), Instant.now());
    } catch (Heads.BadHead e) {
      fail(bad(e.getMessage()));
      return false;
    }
    if (!(answer instanceof Http.Answer.Part(long from, long to, var _))) {
      ended = true;
      link = null;
      receiver.onAnswer(answer);
      return false;
    }
    left = to - from;
    receiver.onAnswer(answer);
    return !ended;
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public void bytes(ByteBuffer bytes) {
    if (bytes.remaining() > left) {
      fail(bad("the body is longer than announced"));
      return;
    }
    int before = bytes.remaining();
    receiver.onBytes(bytes);
    left -= before - bytes.remaining();
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    if (left > 0) {
      fail(bad("the body ends early"));
      return;
    }
    ended = true;
    link = null;
    receiver.onEnd();
  }

  @Override
  public void lost(Fault fault) {
    Target to = target;
    if (reused && !answered && !ended && to != null) {
      reused = false;
      link = null;
      open(to, Links.Origin.of(to, range.local(), http.lane()));
      return;
    }
    fail(fault);
  }

  private void fail(Fault fault) {
    if (!ended) {
      close();
      receiver.onFault(fault);
    }
  }

  private static Fault bad(@Nullable String detail) {
    return new Fault(Fault.Kind.BAD_ANSWER, String.valueOf(detail));
  }

  @Override
  public void reading(boolean on) {
    assert http.loop().isCurrent();
    if (ended || reading == on) {
      return;
    }
    reading = on;
    Link over = link;
    if (over != null) {
      over.reading(on);
      if (on) {
        http.loop().execute(over::deliver);
      }
    }
  }

  @Override
  public void close() {
    assert http.loop().isCurrent();
    ended = true;
    if (opening != null) {
      opening.cancel();
    }
    if (link != null) {
      link.close();
      link = null;
    }
  }
}
