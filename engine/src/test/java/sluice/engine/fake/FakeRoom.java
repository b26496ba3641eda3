package sluice.engine.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.lsd.LsdCodec;
import sluice.protocol.lsd.LsdMessage;

/** A local network, in which the test hears what is said to a group, and says something. */
public final class FakeRoom {
  /** What was said, in order. */
  public final List<LsdMessage> said = new ArrayList<>();

  /** Groups that were joined. */
  public final List<Endpoint> groups = new ArrayList<>();

  private final List<Net.UdpHandler> members = new ArrayList<>();

  /** Somebody at {@code from} says {@code message} to the group that was joined first. */
  public void say(Endpoint from, LsdMessage message) {
    members.getFirst().onDatagram(from, LsdCodec.encode(message, groups.getFirst()));
  }

  void join(Endpoint group, Net.UdpHandler handler) {
    members.add(handler);
    groups.add(group);
    handler.onBound(
        group,
        new Net.Datagrams() {
          @Override
          public void send(Endpoint to, ByteBuffer payload) {
            assertThat(to).isEqualTo(group);
            assertThat(payload.remaining()).isLessThanOrEqualTo(LsdCodec.MAX_BYTES);
            said.add(LsdCodec.decode(payload).orElseThrow());
          }

          @Override
          public void close() {
            members.remove(handler);
          }
        });
  }
}
