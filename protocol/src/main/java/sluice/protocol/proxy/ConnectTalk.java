package sluice.protocol.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import sluice.protocol.address.Endpoint;

/** A talk with an HTTP proxy: CONNECT and its answer (RFC 9110, 9.3.6). */
public final class ConnectTalk implements ProxyTalk {
  /** Most bytes of the head of an answer. */
  static final int MAX_HEAD_BYTES = 8 * 1024;

  private static final Destination UNTOLD =
      new Destination.Numeric(new Endpoint(InetAddress.ofLiteral("0.0.0.0"), 0));
  private static final String END = "\r\n\r\n";

  private final Destination to;
  private final Optional<Login> login;
  private final StringBuilder head = new StringBuilder();

  /** Asks for a connection to {@code to}. */
  public ConnectTalk(Destination to, Optional<Login> login) {
    this.to = to;
    this.login = login;
  }

  @Override
  public byte[] opening() {
    StringBuilder request = new StringBuilder();
    request.append("CONNECT ").append(to).append(" HTTP/1.1\r\nHost: ").append(to).append("\r\n");
    login.ifPresent(who -> {
      String pair = who.user() + ":" + who.password();
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      request.append("Proxy-Authorization: Basic ").append(encoded).append("\r\n");
    });
    return request.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  @Override
  public Step feed(ByteBuffer in) {
    while (in.hasRemaining()) {
      head.append((char) (in.get() & 0xff));
      if (isEnded()) {
        return answer();
      }
      if (head.length() >= MAX_HEAD_BYTES) {
        return new Step.Refused(Reason.MALFORMED, "the answer of the proxy does not end");
      }
    }
    return new Step.Send(ByteBuffer.allocate(0));
  }

  private boolean isEnded() {
    int from = head.length() - END.length();
    return from >= 0 && head.charAt(head.length() - 1) == '\n' && head.indexOf(END, from) >= 0;
  }

  private Step answer() {
    String line = head.substring(0, head.indexOf("\r\n"));
    if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      return new Step.Refused(Reason.MALFORMED, "what answers is no HTTP proxy");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    if (status >= 200 && status < 300) {
      return new Step.Done(UNTOLD);
    }
    return switch (status) {
      case 401, 403, 405, 407 -> new Step.Refused(Reason.FORBIDDEN, "the proxy answers " + status);
      case 504 -> new Step.Refused(Reason.TIMEOUT, "no answer, says the proxy");
      default -> new Step.Refused(Reason.UNREACHABLE, "the proxy answers " + status);
    };
  }
}
