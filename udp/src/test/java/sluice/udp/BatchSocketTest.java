package sluice.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams over loopback, by system calls and by channels, in both families. */
final class BatchSocketTest {
  private static final BatchOptions OPTIONS = new BatchOptions(false, 1 << 20, 1 << 20, 100);

  private static BatchSocket open(boolean portable, String host, int port, BatchOptions options)
      throws IOException {
    InetSocketAddress local = new InetSocketAddress(host, port);
    return portable ? BatchSocket.openPortable(local, options) : BatchSocket.open(local, options);
  }

  @ParameterizedTest
  @CsvSource({"false,127.0.0.1", "true,127.0.0.1", "false,::1", "true,::1"})
  void aBatchGoesAndComesBack(boolean portable, String host) throws IOException {
    try (BatchSocket server = open(portable, host, 0, OPTIONS);
        BatchSocket client = open(portable, host, 0, OPTIONS)) {
      DatagramBatch out = new DatagramBatch(16, 64);
      for (int i = 0; i < 16; i++) {
        out.data().putInt(out.offset(i), i);
        out.add(4 + i, server.localAddress());
      }
      assertThat(out.isFull()).isTrue();
      assertThat(client.send(out)).isEqualTo(16);

      DatagramBatch in = new DatagramBatch(5, 64);
      DatagramBatch back = new DatagramBatch(5, 64);
      for (int echoed = 0; echoed < 16; echoed += in.size()) {
        server.receive(in);
        back.clear();
        for (int i = 0; i < in.size(); i++) {
          assertThat(in.names().address(i)).isEqualTo(client.localAddress());
          assertThat(in.names().port(i)).isEqualTo(client.localAddress().getPort());
          assertThat(in.names().isIpv6(i)).isEqualTo(host.equals("::1"));
          assertThat(in.length(i)).isEqualTo(4 + in.data().getInt(in.offset(i)));
          back.data().putInt(back.offset(i), 100 + in.data().getInt(in.offset(i)));
          back.add(4, in, i);
        }
        assertThat(server.send(back)).isEqualTo(in.size());
      }

      TreeSet<Integer> seen = new TreeSet<>();
      while (seen.size() < 16) {
        client.receive(in);
        for (int i = 0; i < in.size(); i++) {
          seen.add(in.data().getInt(in.offset(i)));
        }
      }
      assertThat(seen.first()).isEqualTo(100);
      assertThat(seen.last()).isEqualTo(115);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,127.0.0.1", "true,127.0.0.1", "false,::1", "true,::1"})
  void answersGoFromWhereTheQuestionsAreAndSomeAreNotAnswered(boolean portable, String host)
      throws IOException {
    try (BatchSocket server = open(portable, host, 0, OPTIONS);
        BatchSocket client = open(portable, host, 0, OPTIONS)) {
      DatagramBatch asked = new DatagramBatch(7, 64);
      for (int i = 0; i < 7; i++) {
        asked.data().putInt(asked.offset(i), i);
        asked.add(4, server.localAddress());
      }
      assertThat(client.send(asked)).isEqualTo(7);
      DatagramBatch batch = new DatagramBatch(7, 64);
      int answered = 0;
      for (int got = 0; got < 7; got += batch.size()) {
        server.receive(batch);
        for (int i = 0; i < batch.size(); i++) {
          int number = batch.data().getInt(batch.offset(i));
          // The first and the last, and two in the middle that lie side by side.
          if (number == 0 || number == 3 || number == 4 || number == 6) {
            batch.ignore(i);
          } else {
            batch.data().putInt(batch.offset(i), 100 + number).putInt(batch.offset(i) + 4, 0);
            batch.answer(i, 8);
          }
        }
        answered += server.send(batch);
      }
      assertThat(answered).isEqualTo(3);
      TreeSet<Integer> seen = new TreeSet<>();
      while (seen.size() < 3) {
        client.receive(batch);
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.length(i)).isEqualTo(8);
          seen.add(batch.data().getInt(batch.offset(i)));
        }
      }
      assertThat(seen).containsExactly(101, 102, 105);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingComesInTime(boolean portable) throws IOException {
    try (BatchSocket socket =
        open(portable, "127.0.0.1", 0, new BatchOptions(false, 4_096, 4_096, 1))) {
      assertThat(socket.receive(new DatagramBatch(2, 10))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longDatagramsAreCutAndBadOnesLeftOut(boolean portable) throws IOException {
    try (BatchSocket server = open(portable, "127.0.0.1", 0, OPTIONS);
        BatchSocket client = open(portable, "127.0.0.1", 0, OPTIONS)) {
      DatagramBatch out = new DatagramBatch(3, 100);
      out.add(100, server.localAddress());
      out.add(10, new InetSocketAddress("127.0.0.1", 0));
      out.add(20, server.localAddress());
      assertThat(client.send(out)).isEqualTo(2);
      DatagramBatch in = new DatagramBatch(1, 30);
      server.receive(in);
      assertThat(in.length(0)).isEqualTo(30);
      server.receive(in);
      assertThat(in.length(0)).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPortIsSharedOnlyWhenWanted(boolean portable) throws IOException {
    try (BatchSocket first = open(portable, "127.0.0.1", 0, BatchOptions.SERVER)) {
      int port = first.localAddress().getPort();
      open(portable, "127.0.0.1", port, BatchOptions.SERVER).close();
      assertThatThrownBy(() -> open(portable, "127.0.0.1", port, OPTIONS))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatDoesNotWaitTakesWhatIsThere(boolean portable) throws IOException {
    BatchOptions hasty = new BatchOptions(false, 1 << 20, 1 << 20, 0);
    try (BatchSocket server = open(portable, "127.0.0.1", 0, hasty);
        BatchSocket client = open(portable, "127.0.0.1", 0, OPTIONS)) {
      DatagramBatch in = new DatagramBatch(4, 64);
      assertThat(server.receive(in)).isZero();
      DatagramBatch out = new DatagramBatch(4, 64);
      out.add(3, server.localAddress());
      out.add(5, server.localAddress());
      assertThat(client.send(out)).isEqualTo(2);
      assertThat(server.receive(in)).isEqualTo(2);
      assertThat(in.length(1)).isEqualTo(5);
      assertThat(server.receive(in)).isZero();
    }
  }
}
