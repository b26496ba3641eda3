package sluice.transport.netty;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import sluice.engine.port.Fault;

/** Translates what libraries throw into faults. */
public final class Faults {
  private static final Logger LOG = System.getLogger(Faults.class.getName());
  private static final int MAX_DETAIL_CHARS = 200;

  /** How the native transport begins: the name of the system call and its error number. */
  private static final Pattern NATIVE_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

  private Faults() {}

  /** The fault that says what {@code cause} means; a bug is logged. */
  public static Fault of(Throwable cause) {
    if (cause instanceof DecoderException && cause.getCause() instanceof IOException inner) {
      return of(inner);
    }
    if (!(cause instanceof IOException || cause instanceof DecoderException)) {
      LOG.log(Logger.Level.ERROR, "A handler of the network failed", cause);
    }
    return new Fault(kind(cause), line(cause));
  }

  private static Fault.Kind kind(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException _ -> Fault.Kind.TIMEOUT;
      case SocketTimeoutException _ -> Fault.Kind.TIMEOUT;
      case UnknownHostException _ -> Fault.Kind.UNKNOWN_HOST;
      case NoRouteToHostException _ -> Fault.Kind.UNREACHABLE;
      case BindException _ -> Fault.Kind.ADDRESS;
      case SSLException _ -> Fault.Kind.TLS;
      case ClosedChannelException _ -> Fault.Kind.CLOSED;
      case DecoderException _ -> Fault.Kind.BAD_ANSWER;
      case IOException io -> ofText(text(io).toLowerCase(Locale.ROOT), io);
      default -> Fault.Kind.IO;
    };
  }

  /** The system's own words are all that the native transport gives for most errors. */
  private static Fault.Kind ofText(String text, IOException cause) {
    if (text.contains("unreachable")
        || text.contains("network is down")
        || text.contains("no route")) {
      return Fault.Kind.UNREACHABLE;
    }
    if (text.contains("timed out")) {
      return Fault.Kind.TIMEOUT;
    }
    if (text.contains("cannot assign") || text.contains("address already in use")) {
      return Fault.Kind.ADDRESS;
    }
    if (text.contains("permi")) {
      return Fault.Kind.NO_PERMISSION;
    }
    if (text.contains("refused") || cause instanceof ConnectException) {
      return Fault.Kind.REFUSED;
    }
    return text.contains("reset") || text.contains("broken pipe") || text.contains("aborted")
        ? Fault.Kind.CLOSED
        : Fault.Kind.IO;
  }

  /** The first line of what {@code cause} says. */
  public static String line(Throwable cause) {
    String text = text(cause).lines().findFirst().orElse("").strip();
    text = NATIVE_CALL.matcher(text).replaceFirst("").replace(" /", " ");
    return text.length() <= MAX_DETAIL_CHARS ? text : text.substring(0, MAX_DETAIL_CHARS);
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
