package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.protocol.address.HostPort;
import sluice.protocol.proxy.ConnectTalk;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.Login;
import sluice.protocol.proxy.ProxyTalk;
import sluice.protocol.proxy.SocksCodec;
import sluice.protocol.proxy.SocksTalk;

/** Readers of what proxies say. */
final class ProxyReaders {
  private static final Destination TO =
      new Destination.Named(new HostPort("tracker.example", 6_969));
  private static final Optional<Login> LOGIN = Optional.of(new Login("user", "secret"));

  static final List<CorpusReader> ALL =
      List.of(
          CorpusReader.of(
              "socks-talk",
              RefusedException.class,
              input -> talk(input, () -> SocksTalk.connect(TO, LOGIN))),
          CorpusReader.of(
              "http-connect",
              RefusedException.class,
              input -> talk(input, () -> new ConnectTalk(TO, LOGIN))),
          CorpusReader.of("socks-datagram", RefusedException.class, ProxyReaders::datagram));

  private ProxyReaders() {}

  /** There was no good end. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String detail) {
      super(detail);
    }
  }

  /** The end is the same whether the answers come at once or byte by byte. */
  private static void talk(byte[] input, Supplier<ProxyTalk> talks) throws RefusedException {
    String atOnce = end(talks.get(), ByteBuffer.wrap(input), input.length);
    String inBytes = end(talks.get(), ByteBuffer.wrap(input), 1);
    if (!atOnce.equals(inBytes)) {
      throw new AssertionError(atOnce + " at once, " + inBytes + " byte by byte");
    }
    if (!atOnce.startsWith("Done")) {
      throw new RefusedException(atOnce);
    }
  }

  private static String end(ProxyTalk talk, ByteBuffer input, int bytes) {
    if (talk.opening().length == 0) {
      throw new AssertionError("nothing is asked");
    }
    while (input.hasRemaining()) {
      int count = Math.min(bytes, input.remaining());
      ByteBuffer part = input.slice(input.position(), count);
      while (part.hasRemaining()) {
        int before = part.remaining();
        ProxyTalk.Step step = talk.feed(part);
        switch (step) {
          case ProxyTalk.Step.Send(ByteBuffer out) -> {
            if (part.remaining() == before && !out.hasRemaining()) {
              throw new AssertionError("nothing was read");
            }
          }
          case ProxyTalk.Step.Done done -> {
            return done.toString();
          }
          case ProxyTalk.Step.Refused refused -> {
            return refused.toString();
          }
        }
      }
      input.position(input.position() + count);
    }
    return "no end";
  }

  private static void datagram(byte[] input) throws RefusedException {
    ByteBuffer in = ByteBuffer.wrap(input);
    Destination from = SocksCodec.decode(in).orElseThrow(() -> new RefusedException("no datagram"));
    ByteBuffer again = ByteBuffer.allocate(SocksCodec.MAX_HEADER_BYTES + in.remaining());
    SocksCodec.encode(from, in.duplicate(), again);
    again.flip();
    if (!SocksCodec.decode(again).equals(Optional.of(from)) || !again.equals(in)) {
      throw new AssertionError("does not come back: " + from);
    }
  }
}
