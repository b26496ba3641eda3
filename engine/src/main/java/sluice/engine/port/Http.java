package sluice.engine.port;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.address.Endpoint;

/** HTTP and HTTPS requests. Call on the loop; handlers run on the loop, never inside the call. */
public interface Http {
  /** Asks for {@code request}; exactly one method of {@code handler} is called. */
  void get(Request request, Handler handler);

  /**
   * Asks for a part of a file, which is read at the pace of its receiver. Redirects are told, not
   * followed; connections are used again for the same origin.
   */
  Download download(Range range, Receiver receiver);

  /** The same, as {@link Net#lane}. */
  default Http lane(String label) {
    return this;
  }

  /**
   * A GET, or a POST if there is something to send.
   *
   * @param uri absolute, http or https; its raw query is sent as it is
   * @param upload what to send; a redirect is a fault then
   * @param local address to connect from; empty leaves it to the system
   * @param ipv6 which address family to use; empty for any
   * @param reach where the request may go; what a public host redirects stays in the public
   *     network, unless that is {@link Reach#ANY}
   * @param maxBodyBytes larger bodies, also after decompression, are a fault
   * @param timeoutNanos for the whole exchange, redirects (at most 5) included
   */
  record Request(
      URI uri,
      Optional<Upload> upload,
      Optional<Endpoint> local,
      Optional<Boolean> ipv6,
      Reach reach,
      int maxBodyBytes,
      long timeoutNanos) {

    /** A GET that may go anywhere. */
    public Request(
        URI uri,
        Optional<Endpoint> local,
        Optional<Boolean> ipv6,
        int maxBodyBytes,
        long timeoutNanos) {
      this(uri, Optional.empty(), local, ipv6, Reach.ANY, maxBodyBytes, timeoutNanos);
    }

    /** The same, going no farther than {@code limit}. */
    public Request within(Reach limit) {
      return new Request(uri, upload, local, ipv6, limit, maxBodyBytes, timeoutNanos);
    }
  }

  /**
   * What is sent besides, to one server only.
   *
   * @param headers names and values, the type of the content among them
   * @param body of a POST; if it is empty, the request is a GET
   */
  record Upload(Map<String, String> headers, String body) {}

  /** Receives the answer. */
  interface Handler {
    /** The server answered; {@code body} belongs to the receiver. */
    void onAnswer(int status, byte[] body);

    /** There is no answer. */
    void onFault(Fault fault);
  }

  /**
   * A part of a file.
   *
   * @param uri absolute, http or https; its user info is sent to its own host only
   * @param local address to connect from; empty leaves it to the system
   * @param reach where the request may go
   * @param from first byte
   * @param to behind the last byte; more than {@code from}
   * @param connectNanos limit of the time until the request is sent
   */
  record Range(
      URI uri, Optional<Endpoint> local, Reach reach, long from, long to, long connectNanos) {}

  /** A download that runs. */
  interface Download {
    /** Whether bytes are read and delivered; true at first. Unread bytes wait with the server. */
    void reading(boolean on);

    /** Ends it; the receiver is told nothing more. Closing twice does nothing. */
    void close();
  }

  /** How a server answers a {@link Range}. */
  sealed interface Answer {
    /**
     * Bytes {@code [from, to)} follow, of a file of {@code total} bytes if that is known. They
     * begin where the range begins and end no later, unless the server sends the whole file
     * instead.
     */
    record Part(long from, long to, OptionalLong total) implements Answer {}

    /** It is elsewhere. {@code byPublic} tells whether a host of the public network says so. */
    record Moved(URI uri, boolean byPublic) implements Answer {}

    /**
     * Any other status.
     *
     * @param total bytes of the file, if told
     * @param retryNanos time until it may be asked again, if told
     */
    record Refused(int status, OptionalLong total, OptionalLong retryNanos) implements Answer {}
  }

  /**
   * Receives a download: an answer, then bytes and the end if it is a {@link Answer.Part}; or a
   * fault at any time instead of what is missing.
   */
  interface Receiver {
    /** The server answers; only a {@link Answer.Part} is followed by more. */
    void onAnswer(Answer answer);

    /**
     * Bytes came, valid during the call only. Who calls {@link Download#reading} with false may
     * leave bytes in {@code bytes}: they come again.
     */
    void onBytes(ByteBuffer bytes);

    /** All announced bytes came. */
    void onEnd();

    /** There is no answer, or not all of it. */
    void onFault(Fault fault);
  }
}
