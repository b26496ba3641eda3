package sluice.engine.torrent;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.engine.metadata.MemoryBudget;
import sluice.engine.metadata.MetadataSource;
import sluice.engine.peer.Extension;
import sluice.engine.pex.Party;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.rate.Quota;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.ProtocolException;

/**
 * A connected peer of a torrent whose metadata are being fetched: understands extension messages
 * (BEP 9, 10) and keeps the others for the time when they can be understood. Loop only.
 */
final class MetadataPeer implements Pipe.Handler, MetadataSource, Party {
  private static final long IDLE_NANOS = 120_000_000_000L;
  private static final long KEEP_ALIVE_NANOS = 100_000_000_000L;
  private static final int EXTENDED = 20;

  /** Once it has told of so many peers, it is not listened to. */
  private static final int MAX_CONTACTS = 100;

  private static final int BLOCK = 7;

  private final Services services;
  private final Connection connection;
  private final Owner owner;
  private final KeptBytes bytes;
  private final Quota down;
  private final int key;

  /** With whom it says that it is connected; at most {@link #MAX_CONTACTS} and one message. */
  private final Set<Endpoint> friends = new HashSet<>();

  private Map<String, Integer> ids = Collections.emptyMap();
  private OptionalInt size = OptionalInt.empty();
  private boolean parked;
  private int contacts;
  private long lastReceivedNanos;
  private long lastSentNanos;
  private @Nullable String closeReason;

  /**
   * A connection whose handshakes are exchanged.
   *
   * @param incoming whether the peer connected to us
   * @param listening where it accepts connections, if known
   */
  record Connection(
      Pipe pipe, Handshake theirs, boolean incoming, Permit permit, Optional<Endpoint> listening) {}

  /** Whoever wants the metadata. */
  interface Owner {
    /** The peer takes requests for metadata of {@code size} bytes. */
    void onOffer(MetadataPeer peer, int size);

    /** The peer takes no requests any more. */
    void onWithdrawn(MetadataPeer peer);

    /** An answer, or a request. */
    void onMetadata(MetadataPeer peer, MetadataMessage message);

    /** Who else is connected with it. */
    void onPeerExchange(MetadataPeer peer, PexMessage message);

    /** Somebody is to be met (BEP 55). */
    void onHolepunch(MetadataPeer peer, HolepunchMessage message);

    /** The peer has lied. */
    void onLiar(MetadataPeer peer, String reason);

    /** The connection ended, told exactly once. */
    void onClosed(MetadataPeer peer, String reason);
  }

  MetadataPeer(
      Services services, Connection connection, Quota down, MemoryBudget memory, Owner owner) {
    this.down = down;
    this.key = services.keys().getAsInt();
    this.services = services;
    this.connection = connection;
    this.owner = owner;
    this.bytes = new KeptBytes(memory);
    this.lastReceivedNanos = services.loop().now();
  }

  Connection connection() {
    return connection;
  }

  /** Takes over the pipe, says that we have nothing, and listens. */
  void attach(ByteBuffer rest) {
    if (connection.theirs().fast()) {
      send(new Message.HaveNone());
    }
    if (connection.theirs().extensions()) {
      send(
          services
              .extensions()
              .greeting(
                  connection.pipe().remote().address(),
                  services.port().getAsInt(),
                  false,
                  OptionalInt.empty(),
                  true));
    }
    Introduction.node(services, connection.theirs(), connection.pipe().remote(), true)
        .ifPresent(this::send);
    connection.pipe().handler(this);
    if (rest.hasRemaining()) {
      onBytes(rest);
    }
  }

  /** Reads no more until {@link #release}. */
  void park() {
    parked = true;
    connection.pipe().reading(false);
  }

  /** What it said, to be heard by whoever takes its pipe; it is not to be used after this. */
  ByteBuffer release() {
    connection.pipe().reading(true);
    return bytes.take();
  }

  /** Once a second. */
  void tick(long now) {
    if (now - lastReceivedNanos > IDLE_NANOS) {
      close("nothing was heard of it");
    } else if (now - lastSentNanos > KEEP_ALIVE_NANOS) {
      send(new Message.KeepAlive());
    }
  }

  @Override
  public int key() {
    return key;
  }

  @Override
  public Endpoint endpoint() {
    return connection.pipe().remote();
  }

  @Override
  public Optional<Endpoint> found() {
    return connection.listening();
  }

  @Override
  public boolean speaks() {
    return ids.containsKey(HolepunchMessage.EXTENSION);
  }

  @Override
  public boolean knows(Endpoint whom) {
    return friends.contains(whom);
  }

  @Override
  public void send(HolepunchMessage message) {
    Integer id = ids.get(HolepunchMessage.EXTENSION);
    if (id != null) {
      send(new Message.Extended(id, HolepunchCodec.encode(message)));
    }
  }

  InetAddress address() {
    return connection.pipe().remote().address();
  }

  void close(String reason) {
    closeReason = reason;
    connection.pipe().close();
  }

  @Override
  public void request(int piece) {
    answer(new MetadataMessage.Request(piece));
  }

  /** Sends a message of the metadata exchange, if the peer takes any. */
  void answer(MetadataMessage message) {
    Integer id = ids.get(MetadataMessage.EXTENSION);
    if (id != null) {
      send(new Message.Extended(id, MetadataCodec.encode(message)));
    }
  }

  @Override
  public void drop(String reason, boolean liar) {
    if (liar) {
      owner.onLiar(this, reason);
    }
    close(reason);
  }

  @Override
  public void onBytes(ByteBuffer arrived) {
    long now = services.loop().now();
    lastReceivedNanos = now;
    down.take(arrived.remaining(), now);
    if (closeReason != null) {
      return;
    }
    if (!bytes.add(arrived)) {
      close("it says more than can be kept");
      return;
    }
    try {
      read();
    } catch (ProtocolException e) {
      close(Objects.requireNonNullElse(e.getMessage(), e.violation().name()));
    }
  }

  private void read() {
    while (!parked && closeReason == null && bytes.nextLength() >= 0) {
      if (bytes.nextLength() > KeptBytes.MAX_BYTES) {
        close("a message of " + bytes.nextLength() + " bytes");
      } else if (bytes.hasNext()) {
        message(bytes.next());
      } else {
        return;
      }
    }
  }

  private void message(ByteBuffer message) {
    if (!message.hasRemaining()) {
      bytes.skip();
      return;
    }
    int kind = message.get() & 0xff;
    if (kind == BLOCK) {
      close("a block that nobody asked for");
    } else if (kind != EXTENDED || !message.hasRemaining()) {
      bytes.keep();
    } else {
      extended(message.get() & 0xff, message);
    }
  }

  private void extended(int id, ByteBuffer payload) {
    if (id == 0) {
      ExtensionHandshake told = ExtensionHandshakeCodec.decode(payload);
      bytes.keep();
      handshake(told);
    } else if (id == Extension.METADATA.id()) {
      MetadataMessage message = MetadataCodec.decode(payload);
      bytes.skip();
      owner.onMetadata(this, message);
    } else if (id == Extension.PEX.id()) {
      PexMessage message = PexCodec.decode(payload);
      bytes.skip();
      if (contacts < MAX_CONTACTS) {
        contacts += message.added().size();
        message.added().forEach(contact -> friends.add(contact.endpoint()));
        owner.onPeerExchange(this, message);
      }
    } else if (id == Extension.HOLEPUNCH.id()) {
      Optional<HolepunchMessage> message = HolepunchCodec.decode(payload);
      bytes.skip();
      message.ifPresent(said -> owner.onHolepunch(this, said));
    } else {
      bytes.keep();
    }
  }

  private void handshake(ExtensionHandshake told) {
    ids = told.idsAfter(ids);
    size = told.metadataSize().isPresent() ? told.metadataSize() : size;
    if (size.isPresent() && ids.containsKey(MetadataMessage.EXTENSION)) {
      owner.onOffer(this, size.getAsInt());
    } else {
      owner.onWithdrawn(this);
    }
  }

  @Override
  public void onDrained() {
    // What is said in this stage is never large enough to wait for.
  }

  @Override
  public void onClosed(Fault fault) {
    closeReason = closeReason == null ? fault.detail() : closeReason;
    bytes.take();
    owner.onClosed(this, closeReason);
  }

  private void send(Message message) {
    ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
    MessageWriter.write(message, out);
    connection.pipe().write(out.flip());
    connection.pipe().flush();
    lastSentNanos = services.loop().now();
  }
}
