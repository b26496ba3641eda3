package sluice.tracker.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Rules;
import sluice.tracker.service.Tally;

/** A running tracker is given each bad input of {@link BadInputs}, and serves the next client. */
final class BadInputTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int SERVED_AFTER = 8;
  private static final int ERROR = 3;
  private static final String GET =
      "GET /announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=6001&left=1"
          + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
  private static final String HANDSHAKE =
      "GET /announce HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  private Tracker tracker;

  @BeforeEach
  void start() throws IOException {
    List<InetSocketAddress> any =
        List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Rules rules = new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0);
    tracker = Tracker.start(TrackerSettings.DEFAULT.listening(any, any).with(rules));
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  @Test
  void thereAreManyInputsOfEachProtocol() {
    int datagrams = BadInputs.datagrams(1).size();
    int requests = BadInputs.requests().size();
    assertThat(datagrams + requests).as("packets and requests").isGreaterThanOrEqualTo(200);
    assertThat(datagrams).as("datagrams").isGreaterThanOrEqualTo(100);
    assertThat(requests).as("requests").isGreaterThanOrEqualTo(80);
    assertThat(BadInputs.messages()).as("messages").hasSizeGreaterThanOrEqualTo(50);
    assertThat(BadInputs.frames()).as("frames").hasSizeGreaterThanOrEqualTo(19);
  }

  @Test
  void datagramsGetNothingOrAnErrorThatIsNotLonger() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(tracker.udpAddresses().getFirst());
      int marks = 0;
      long connection = ByteBuffer.wrap(connect(socket, "begin", 0, ++marks)).getLong(8);
      for (Map.Entry<String, byte[]> one : BadInputs.datagrams(connection).entrySet()) {
        byte[] bytes = one.getValue();
        socket.send(new DatagramPacket(bytes, bytes.length));
        // Replies of one socket keep their order.
        byte[] reply = connect(socket, one.getKey(), bytes.length, 1_000_000 + ++marks);
        assertThat(reply).as(one.getKey()).hasSize(16);
      }
      Tally tally = tracker.core().counters().udp();
      assertThat(tally.malformed().sum() + tally.refused().sum()).isEqualTo(marks - 1L);
      assertThat(tally.announces().sum() + tally.scrapes().sum()).isZero();
      assertThat(tracker.core().store().counts().peers()).isZero();
    }
  }

  /** The reply to a connect; before it there may be an error, not longer than {@code most}. */
  private static byte[] connect(DatagramSocket socket, String where, int most, int mark)
      throws IOException {
    byte[] bytes = ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(mark).array();
    socket.send(new DatagramPacket(bytes, bytes.length));
    while (true) {
      DatagramPacket reply = new DatagramPacket(new byte[2_048], 2_048);
      socket.receive(reply);
      ByteBuffer in = ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
      if (in.getInt(0) == 0 && in.getInt(4) == mark) {
        return java.util.Arrays.copyOf(reply.getData(), reply.getLength());
      }
      assertThat(in.getInt(0)).as(where).isEqualTo(ERROR);
      assertThat(reply.getLength()).as(where).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void requestsAreRefused() throws IOException {
    int asked = 0;
    int served = 0;
    for (Map.Entry<String, String> one : BadInputs.requests().entrySet()) {
      String answer = exchange(one.getValue().getBytes(ISO_8859_1));
      assertThat(answer)
          .as(one.getKey())
          .matches("(?s)|HTTP/1\\.1 4\\d\\d .*|HTTP/1\\.1 200 OK\r\n.*14:failure reason.*");
      if (asked++ % SERVED_AFTER == 0) {
        assertServes(one.getKey());
        served++;
      }
    }
    Tally tally = tracker.core().counters().http();
    assertThat(tally.announces().sum()).isEqualTo(served);
    assertThat(tally.malformed().sum()).isPositive();
  }

  @Test
  void messagesAreAnsweredWithAReason() throws IOException {
    List<String> messages = BadInputs.messages();
    for (String message : messages) {
      byte[] frame = Frame.of(0x81, message.getBytes(StandardCharsets.UTF_8));
      String where = message.substring(0, Math.min(80, message.length()));
      byte[] end = Frame.of(0x88, new byte[] {3, (byte) 0xe8});
      assertThat(talk(frame, end)).as(where).contains("failure reason");
    }
    assertServes("the end");
    assertThat(tracker.core().counters().websocket().malformed().sum()).isEqualTo(messages.size());
  }

  @Test
  void framesEndTheConnection() throws IOException {
    for (Map.Entry<String, byte[]> one : BadInputs.frames().entrySet()) {
      assertThat(talk(one.getValue())).as(one.getKey()).doesNotContain("failure reason");
    }
    assertServes("the end");
    assertThat(tracker.core().counters().websocket().announces().sum()).isZero();
  }

  private void assertServes(String where) throws IOException {
    assertThat(exchange(GET.getBytes(ISO_8859_1))).as(where).contains("d8:complete");
  }

  /** What comes back within WebSocket, until the tracker closes. */
  private String talk(byte[]... frames) throws IOException {
    try (Socket socket = open()) {
      socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
      ByteArrayOutputStream heard = new ByteArrayOutputStream();
      while (!heard.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        heard.write(socket.getInputStream().readNBytes(1));
      }
      assertThat(heard.toString(ISO_8859_1)).startsWith("HTTP/1.1 101");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] frame : frames) {
        all.writeBytes(frame);
      }
      return exchange(socket, all.toByteArray(), false);
    }
  }

  private String exchange(byte[] bytes) throws IOException {
    try (Socket socket = open()) {
      return exchange(socket, bytes, true);
    }
  }

  private Socket open() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(tracker.httpAddresses().getFirst());
    return socket;
  }

  /** Says {@code bytes}, and maybe that this is all; gives what comes until the tracker closes. */
  private static String exchange(Socket socket, byte[] bytes, boolean isAll) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(bytes);
      if (isAll) {
        socket.shutdownOutput();
      }
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        heard.write(b);
      }
    } catch (SocketException e) {
      // Closed while more was to come: what was heard until then counts.
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
    }
    return heard.toString(ISO_8859_1);
  }
}
