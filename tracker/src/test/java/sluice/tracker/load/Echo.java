package sluice.tracker.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import sluice.udp.BatchOptions;
import sluice.udp.BatchSocket;
import sluice.udp.DatagramBatch;

/** Sends every datagram back: the least that a server in Java costs. {@code PORT}. */
final class Echo {
  private Echo() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress local = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    DatagramBatch in = new DatagramBatch(64, 1_536);
    DatagramBatch out = new DatagramBatch(64, 1_536);
    try (BatchSocket socket = BatchSocket.open(local, BatchOptions.SERVER)) {
      System.out.println("{\"event\":\"up\"}");
      while (true) {
        socket.receive(in);
        out.clear();
        for (int i = 0; i < in.size(); i++) {
          out.data().put(out.offset(i), in.data(), in.offset(i), in.length(i));
          out.add(in.length(i), in, i);
        }
        socket.send(out);
      }
    }
  }
}
