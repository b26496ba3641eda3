package sluice.tracker.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;

/** A running tracker that listens for all protocols at addresses of both families. */
final class AllDoorsTest {
  private static final long PROTOCOL = 0x41727101980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int ERROR = 3;
  private static final int PATIENCE_MILLIS = 60_000;

  /** What is lost is asked again after this time. */
  private static final int AGAIN_MILLIS = 250;

  private static final int SENDERS = 250;
  private static final int CONNECTS = 40;

  private Tracker tracker;

  @BeforeEach
  void start() throws IOException {
    List<InetSocketAddress> any =
        List.of(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    tracker = Tracker.start(TrackerSettings.DEFAULT.listening(any, any));
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  private static InetSocketAddress of(List<InetSocketAddress> addresses, int addressBytes) {
    return addresses.stream()
        .filter(address -> address.getAddress().getAddress().length == addressBytes)
        .findFirst()
        .orElseThrow();
  }

  /** The answer to the peer at {@code port} by HTTP. */
  private String byHttp(int addressBytes, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(of(tracker.httpAddresses(), addressBytes));
      String request =
          "GET /announce?info_hash=%s&peer_id=%s&port=%d&left=9 HTTP/1.0\r\n\r\n"
              .formatted("\1".repeat(20), "p".repeat(20), port);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** The answer to a datagram, asked again until there is one. */
  private static ByteBuffer ask(DatagramSocket socket, ByteBuffer request) throws IOException {
    socket.setSoTimeout(AGAIN_MILLIS);
    DatagramPacket reply = new DatagramPacket(new byte[2_048], 2_048);
    for (int i = 0; i < PATIENCE_MILLIS / AGAIN_MILLIS; i++) {
      socket.send(new DatagramPacket(request.array(), request.capacity()));
      try {
        socket.receive(reply);
        return ByteBuffer.wrap(Arrays.copyOf(reply.getData(), reply.getLength()));
      } catch (SocketTimeoutException e) {
        assertThat(e).as("try %d", i).isNotNull();
      }
    }
    throw new IOException("no answer");
  }

  private static ByteBuffer connect() {
    return ByteBuffer.allocate(16).putLong(PROTOCOL).putInt(CONNECT).putInt(7);
  }

  private static ByteBuffer announce(long connection, int port) {
    ByteBuffer request = ByteBuffer.allocate(98).putLong(connection).putInt(ANNOUNCE).putInt(8);
    for (int i = 0; i < 20; i++) {
      request.put(16 + i, (byte) 1);
    }
    return request.putLong(64, 9).putInt(92, -1).putShort(96, (short) port);
  }

  /** The peers that are told to the peer at {@code port} by UDP. */
  private String byUdp(DatagramSocket socket, int port) throws IOException {
    long connection = ask(socket, connect()).getLong(8);
    ByteBuffer reply = ask(socket, announce(connection, port));
    assertThat(reply.getInt(0)).isEqualTo(ANNOUNCE);
    return new String(reply.array(), 20, reply.capacity() - 20, ISO_8859_1);
  }

  private DatagramSocket caller(String host) throws IOException {
    InetAddress address = InetAddress.ofLiteral(host);
    DatagramSocket socket = new DatagramSocket(0, address);
    socket.connect(of(tracker.udpAddresses(), address.getAddress().length));
    return socket;
  }

  @Test
  void peersOfBothProtocolsAndFamiliesMeet() throws IOException {
    String four = "\u007f\0\0";
    String six = "\0".repeat(15) + "\1";
    try (DatagramSocket ann = caller("127.0.0.1");
        DatagramSocket bob = caller("::1")) {
      assertThat(byHttp(4, 0x1771)).endsWith("5:peers0:e");
      assertThat(byUdp(ann, 0x1772)).isEqualTo(four + "\1\u0017q");
      assertThat(byUdp(bob, 0x1773)).isEmpty();
      assertThat(byHttp(16, 0x1774))
          .containsPattern("(?s)5:peers12:(" + four + "\1\u0017[qr]){2}6:peers618:")
          .endsWith(six + "\u0017se");
      assertThat(byUdp(bob, 0x1773)).isEqualTo(six + "\u0017t");
      assertThat(tracker.core().store().counts().peers()).isEqualTo(4);
    }
  }

  @Test
  void theIdOfAnotherAddressGetsAnErrorThatIsNotLonger() throws IOException {
    try (DatagramSocket ann = caller("127.0.0.1");
        DatagramSocket thief = caller("127.0.0.2")) {
      ByteBuffer stolen = announce(ask(ann, connect()).getLong(8), 6_001);
      ByteBuffer reply = ask(thief, stolen);
      assertThat(reply.getInt(0)).isEqualTo(ERROR);
      assertThat(reply.capacity()).isLessThanOrEqualTo(stolen.capacity());
      assertThat(ask(ann, stolen).getInt(0)).isEqualTo(ANNOUNCE);
    }
  }

  /** Nobody reads what the senders are answered, as those do whose addresses others use. */
  @Test
  void othersAreServedWhileConnectsComeFromEverywhere() throws IOException {
    byte[] connect = connect().array();
    try (DatagramSocket ann = caller("127.0.0.1")) {
      for (int i = 1; i <= SENDERS; i++) {
        try (DatagramSocket sender = caller("127.0.1." + i)) {
          for (int j = 0; j < CONNECTS; j++) {
            sender.send(new DatagramPacket(connect, connect.length));
          }
        }
        if (i % 50 == 0) {
          assertThat(byUdp(ann, 6_001)).isEmpty();
        }
      }
    }
    assertThat(tracker.core().store().counts().peers()).isEqualTo(1);
    assertThat(tracker.core().counters().udp().malformed().sum()).isZero();
  }
}
