package sluice.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy on loopback that speaks SOCKS 5 and HTTP, for which all names are this machine, and that
 * remembers what it was asked for.
 */
final class TestProxy implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  /** What was asked for, with the login: {@code user@host:port}. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final ServerSocket listener;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TestProxy() {
    try {
      listener = new ServerSocket(0, 50, HERE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      if (in.readUnsignedByte() == 5) {
        socks(client, in);
      } else {
        connect(client, in);
      }
    } catch (IOException left) {
      assert left.toString() != null;
    }
  }

  private void socks(Socket client, DataInputStream in) throws IOException {
    OutputStream out = client.getOutputStream();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    boolean login = methods[methods.length - 1] == 2;
    out.write(new byte[] {5, (byte) (login ? 2 : 0)});
    String user = "";
    if (login) {
      in.readByte();
      user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8) + "@";
      in.skipNBytes(in.readUnsignedByte());
      out.write(new byte[] {1, 0});
    }
    in.readByte();
    int command = in.readByte();
    in.readByte();
    String host = host(in);
    int port = in.readUnsignedShort();
    asked.add(user + (command == 3 ? "udp" : host + ":" + port));
    if (command == 3) {
      associate(client, in, out);
      return;
    }
    try (Socket far = new Socket(HERE, port)) {
      out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      pass(client, far);
    } catch (IOException refused) {
      out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
    }
  }

  private static String host(DataInputStream in) throws IOException {
    int kind = in.readByte();
    if (kind == 3) {
      return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }
    return InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16)).getHostAddress();
  }

  private void connect(Socket client, DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder("C");
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String to = head.substring("CONNECT ".length(), head.indexOf(" HTTP/1.1"));
    asked.add(to);
    OutputStream out = client.getOutputStream();
    try (Socket far = new Socket(HERE, Integer.parseInt(to.substring(to.lastIndexOf(':') + 1)))) {
      out.write("HTTP/1.1 200 Good\r\nVia: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      pass(client, far);
    } catch (IOException refused) {
      out.write("HTTP/1.1 502 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void pass(Socket client, Socket far) throws IOException {
    open.add(far);
    threads.execute(() -> copy(far, client));
    copy(client, far);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      assert ended.toString() != null;
    }
  }

  private void associate(Socket client, InputStream in, OutputStream out) throws IOException {
    try (DatagramSocket inner = new DatagramSocket(0, HERE);
        DatagramSocket outer = new DatagramSocket(0, HERE)) {
      int port = inner.getLocalPort();
      out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, (byte) (port >> 8), (byte) port});
      threads.execute(() -> outward(inner, outer, client));
      while (in.read() >= 0) {
        assert !client.isClosed();
      }
    }
  }

  private void outward(DatagramSocket inner, DatagramSocket outer, Socket client) {
    try {
      boolean first = true;
      while (!client.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
        inner.receive(packet);
        byte[] data = Arrays.copyOf(packet.getData(), packet.getLength());
        int length = data[3] == 3 ? 2 + data[4] : data[3] == 1 ? 5 : 17;
        int at = 3 + length;
        int port = (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
        if (data[3] == 3) {
          asked.add("udp " + new String(data, 5, data[4], StandardCharsets.US_ASCII) + ":" + port);
        }
        outer.send(
            new DatagramPacket(
                data, at + 2, data.length - at - 2, new InetSocketAddress(HERE, port)));
        if (first) {
          first = false;
          InetSocketAddress user = (InetSocketAddress) packet.getSocketAddress();
          threads.execute(() -> inward(inner, outer, user));
        }
      }
    } catch (IOException ended) {
      assert ended.toString() != null;
    }
  }

  private static void inward(DatagramSocket inner, DatagramSocket outer, InetSocketAddress user) {
    try {
      while (!outer.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
        outer.receive(packet);
        byte[] data = new byte[10 + packet.getLength()];
        data[3] = 1;
        System.arraycopy(packet.getAddress().getAddress(), 0, data, 4, 4);
        data[8] = (byte) (packet.getPort() >> 8);
        data[9] = (byte) packet.getPort();
        System.arraycopy(packet.getData(), 0, data, 10, packet.getLength());
        inner.send(new DatagramPacket(data, data.length, user));
      }
    } catch (IOException ended) {
      assert ended.toString() != null;
    }
  }

  /** The proxy goes away. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
