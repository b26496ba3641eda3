package sluice.transport.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sluice.transport.Binding;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** Texts are asked of a name server. */
class TextLookupsTest {
  private static final String TEXT = "BITTORRENT UDP:6969";

  @Test
  void aTextIsAskedForAndTold() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(here, 0));
        Transport transport = Transport.open()) {
      var _ = Thread.startVirtualThread(() -> answer(server));
      Binding binding = new Binding(Optional.empty(), List.of(here), OptionalInt.empty());
      TextLookups lookups =
          new TextLookups(
              transport.loop(),
              transport.net(),
              transport.entropy(),
              TransportConfig.defaults().binding(binding),
              server.getLocalPort());
      CompletableFuture<List<String>> named = new CompletableFuture<>();
      CompletableFuture<List<String>> literal = new CompletableFuture<>();
      transport.loop().execute(() -> lookups.ask("tracker.example", named::complete));
      transport.loop().execute(() -> lookups.ask("192.0.2.1", literal::complete));
      assertThat(named.get(60, TimeUnit.SECONDS)).containsExactly(TEXT);
      assertThat(literal.get(60, TimeUnit.SECONDS)).isEmpty();
    }
  }

  /** Answers one question with a text. */
  private static void answer(DatagramSocket server) {
    try {
      DatagramPacket question = new DatagramPacket(new byte[512], 512);
      server.receive(question);
      byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
      ByteBuffer out = ByteBuffer.allocate(1_024);
      out.put(question.getData(), 0, question.getLength());
      out.putShort(2, (short) 0x8180).putShort(6, (short) 1);
      out.putShort((short) 0xc00c).putShort((short) 16).putShort((short) 1).putInt(60);
      out.putShort((short) (text.length + 1)).put((byte) text.length).put(text);
      server.send(new DatagramPacket(out.array(), out.position(), question.getSocketAddress()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
