package sluice.protocol.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A talk with a SOCKS 5 proxy: method, login if it wants one, request, reply (RFC 1928, 1929). */
public final class SocksTalk implements ProxyTalk {
  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int NO_LOGIN = 0;
  private static final int WITH_LOGIN = 2;

  /** Version, result and a reserved byte come before the address of a reply. */
  private static final int REPLY_HEAD_BYTES = 3;

  private static final int MAX_REPLY_BYTES = REPLY_HEAD_BYTES + 2 + 255 + 2;

  private final Command command;
  private final Destination destination;
  private final Optional<Login> login;
  private final ByteBuffer kept = ByteBuffer.allocate(MAX_REPLY_BYTES);
  private Phase phase = Phase.METHOD;

  /** What the proxy is asked for. */
  private enum Command {
    CONNECT(1),
    ASSOCIATE(3);

    private final int code;

    Command(int code) {
      this.code = code;
    }
  }

  private enum Phase {
    METHOD,
    LOGIN,
    REPLY,
    OVER
  }

  private SocksTalk(Command command, Destination destination, Optional<Login> login) {
    this.command = command;
    this.destination = destination;
    this.login = login;
  }

  /** Asks for a connection. */
  public static SocksTalk connect(Destination to, Optional<Login> login) {
    return new SocksTalk(Command.CONNECT, to, login);
  }

  /** Asks for an address at which datagrams are passed on, as long as the connection is open. */
  public static SocksTalk associate(Destination from, Optional<Login> login) {
    return new SocksTalk(Command.ASSOCIATE, from, login);
  }

  /** With a login it is always offered: proxies keep users apart by it. */
  @Override
  public byte[] opening() {
    return login.isPresent()
        ? new byte[] {VERSION, 2, NO_LOGIN, WITH_LOGIN}
        : new byte[] {VERSION, 1, NO_LOGIN};
  }

  @Override
  public Step feed(ByteBuffer in) {
    while (true) {
      int missing = missing();
      if (missing > 0) {
        if (!in.hasRemaining()) {
          return new Step.Send(ByteBuffer.allocate(0));
        }
        int count = Math.min(missing, in.remaining());
        kept.put(in.slice(in.position(), count));
        in.position(in.position() + count);
        continue;
      }
      if (missing < 0) {
        return refused(Reason.MALFORMED, "the proxy answers with an unknown kind of address");
      }
      ByteBuffer message = kept.flip().duplicate();
      Step step = next(message);
      kept.clear();
      return step;
    }
  }

  /** Bytes that the message under way needs, as far as that is known; negative if it is none. */
  private int missing() {
    return switch (phase) {
      case METHOD, LOGIN -> 2 - kept.position();
      case REPLY -> {
        if (kept.position() < REPLY_HEAD_BYTES + 2) {
          yield REPLY_HEAD_BYTES + 2 - kept.position();
        }
        int length =
            SocksCodec.length(
                kept.duplicate().flip().position(REPLY_HEAD_BYTES).limit(kept.position()));
        yield length < 0 ? -1 : REPLY_HEAD_BYTES + length - kept.position();
      }
      case OVER -> throw new IllegalStateException("the talk is over");
    };
  }

  private Step next(ByteBuffer message) {
    return switch (phase) {
      case METHOD -> method(message.get(), message.get());
      case LOGIN -> loggedIn(message.get(), message.get());
      case REPLY -> reply(message);
      case OVER -> throw new IllegalStateException("the talk is over");
    };
  }

  private Step method(int version, int method) {
    if (version != VERSION) {
      return refused(Reason.MALFORMED, "what answers is no SOCKS 5 proxy");
    }
    if (method == NO_LOGIN) {
      phase = Phase.REPLY;
      return new Step.Send(ByteBuffer.wrap(request()));
    }
    if (method == WITH_LOGIN && login.isPresent()) {
      phase = Phase.LOGIN;
      return new Step.Send(ByteBuffer.wrap(login(login.get())));
    }
    return refused(Reason.FORBIDDEN, "the proxy wants a login");
  }

  private Step loggedIn(int version, int result) {
    if (version != LOGIN_VERSION && version != VERSION) {
      return refused(Reason.MALFORMED, "the proxy answers nonsense to the login");
    }
    if (result != 0) {
      return refused(Reason.FORBIDDEN, "the proxy refuses the login");
    }
    phase = Phase.REPLY;
    return new Step.Send(ByteBuffer.wrap(request()));
  }

  private Step reply(ByteBuffer message) {
    int version = message.get();
    int result = message.get();
    message.get();
    if (version != VERSION) {
      return refused(Reason.MALFORMED, "what answers is no SOCKS 5 proxy");
    }
    if (result == 0) {
      phase = Phase.OVER;
      return new Step.Done(SocksCodec.get(message));
    }
    return switch (result) {
      case 2 -> refused(Reason.FORBIDDEN, "the rules of the proxy forbid it");
      case 3 -> refused(Reason.UNREACHABLE, "network unreachable from the proxy");
      case 4 -> refused(Reason.UNREACHABLE, "host unreachable from the proxy");
      case 5 -> refused(Reason.REFUSED, "connection refused, says the proxy");
      case 6 -> refused(Reason.TIMEOUT, "no answer, says the proxy");
      case 7 -> refused(Reason.FORBIDDEN, "the proxy cannot do that");
      case 8 -> refused(Reason.FORBIDDEN, "the proxy does not take such addresses");
      default -> refused(Reason.UNREACHABLE, "the proxy failed");
    };
  }

  private Step refused(Reason reason, String detail) {
    phase = Phase.OVER;
    return new Step.Refused(reason, detail);
  }

  private byte[] request() {
    ByteBuffer out = ByteBuffer.allocate(SocksCodec.MAX_HEADER_BYTES);
    out.put((byte) VERSION).put((byte) command.code).put((byte) 0);
    SocksCodec.put(destination, out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] login(Login who) {
    byte[] user = cut(who.user());
    byte[] password = cut(who.password());
    ByteBuffer out = ByteBuffer.allocate(3 + user.length + password.length);
    out.put((byte) LOGIN_VERSION).put((byte) user.length).put(user);
    return out.put((byte) password.length).put(password).array();
  }

  private static byte[] cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= Login.MAX_BYTES ? bytes : Arrays.copyOf(bytes, Login.MAX_BYTES);
  }
}
