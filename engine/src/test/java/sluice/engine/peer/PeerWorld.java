package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.SessionCounts;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.rate.TokenBucket;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexMessage;

/** Connections of peers to a torrent that is a record of what it is told. */
final class PeerWorld implements PeerListener, ExtensionListener {
  static final int PIECES = 20;
  static final int BLOCKS = 4;

  final FakeLoop loop = new FakeLoop();
  final FakePool pool;
  final BlockBudget budget;
  final Content content = Content.of(PIECES, BLOCKS);
  final FakeStorage storage;
  final TokenBucket down;
  final TokenBucket up;
  final PeerContext context;
  final SessionCounts counts = new SessionCounts();
  final List<String> told = new ArrayList<>();
  final BitSet served = new BitSet();
  @Nullable Block target;
  long sent;
  private final List<Peer> connected = new ArrayList<>();
  private int keys;

  PeerWorld() {
    this(256, 0, 0);
  }

  PeerWorld(int poolBlocks, long downLimit, long upLimit) {
    pool = new FakePool(poolBlocks);
    budget = new BlockBudget(pool);
    storage = new FakeStorage(loop, pool, content);
    storage.fill();
    served.set(0, PIECES);
    down = new TokenBucket(downLimit, loop.now());
    up = new TokenBucket(upLimit, loop.now());
    context =
        new PeerContext(
            loop, content.layout(), storage, budget, new FlushQueue(loop), counts, down, up);
  }

  /** A connection with both of its ends. */
  record Connected(Peer near, FarPeer far) {}

  Connected connect(boolean fast) {
    keys++;
    FakePipe pipe = new FakePipe(loop, Hosts.host(keys));
    Handshake handshake =
        new Handshake(
            true,
            fast,
            false,
            false,
            content.metainfo().info().hashes().wire().getFirst(),
            Hosts.id(keys));
    Peer peer = new Peer(keys, pipe, handshake, true, context, this);
    connected.add(peer);
    PeerProtocol.attach(peer, context, new Extensions("Test/1"), ByteBuffer.allocate(0));
    return new Connected(peer, new FarPeer(pipe));
  }

  /** All memory is free and none is promised. */
  void assertNothingLeaks() {
    storage.resume();
    turn();
    assertThat(pool.available()).as("free blocks").isEqualTo(pool.capacity());
    int promised = 0;
    while (budget.reserveRead(1)) {
      promised++;
    }
    assertThat(promised).as("blocks that can be promised").isEqualTo(pool.capacity());
  }

  /** The first {@code count} blocks of the torrent, over and over. */
  static Message[] requests(int count) {
    List<Message> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int block = i % (PIECES * BLOCKS);
      list.add(request(block / BLOCKS, block % BLOCKS));
    }
    return list.toArray(new Message[0]);
  }

  static Message.Request request(int piece, int block) {
    return new Message.Request(piece, block * PieceLayout.BLOCK, PieceLayout.BLOCK);
  }

  void closeAll() {
    connected.forEach(Peer::close);
  }

  /** Lets what is due happen. */
  void turn() {
    loop.run(0);
  }

  @Override
  public void onPieces(Peer peer) {
    told.add("pieces " + peer.pieces().count());
  }

  @Override
  public void onHave(Peer peer, int piece) {
    told.add("have " + piece);
  }

  @Override
  public void onChoked(Peer peer) {
    told.add("choked");
  }

  @Override
  public void onMayRequest(Peer peer) {
    told.add("may request");
  }

  @Override
  public void onInterest(Peer peer) {
    told.add(peer.interestedInUs() ? "interested" : "not interested");
  }

  @Override
  public @Nullable ByteBuffer onBlockStart(Peer peer, int piece, int begin, int length) {
    return target == null ? null : target.bytes();
  }

  @Override
  public void onBlockEnd(Peer peer, int piece, int begin, int length) {
    told.add("block " + piece + " " + begin + "+" + length);
  }

  @Override
  public void onRejected(Peer peer, int piece, int begin) {
    told.add("rejected " + piece + " " + begin);
  }

  @Override
  public void onHashMessage(Peer peer, Message message) {
    told.add("hash message");
  }

  @Override
  public void onMetadata(Peer peer, MetadataMessage message) {
    told.add("metadata " + message);
  }

  @Override
  public void onCapabilities(Peer peer) {
    told.add("capabilities");
  }

  @Override
  public void onPeerExchange(Peer peer, PexMessage message) {
    told.add("exchange " + message);
  }

  @Override
  public void onHolepunch(Peer peer, HolepunchMessage message) {
    told.add("hole punching " + message);
  }

  @Override
  public void onGreeting(Peer peer, String extension, BDictionary greeting) {
    told.add("greeting " + extension);
  }

  @Override
  public void onOther(Peer peer, String extension, ByteBuffer payload) {
    told.add("message of " + extension);
  }

  @Override
  public ExtensionListener extended() {
    return this;
  }

  @Override
  public void onTurnEnd(Peer peer) {
    if (peer.isClosed()) {
      throw new IllegalStateException("a turn of a closed peer");
    }
  }

  @Override
  public void onDontHave(Peer peer, int piece, boolean wasSeed) {
    told.add("lost " + piece + (wasSeed ? " of all" : ""));
  }

  @Override
  public boolean canServe(Peer peer, int piece) {
    return served.get(piece);
  }

  @Override
  public void onDiskFault(Fault fault) {
    told.add("read fault " + fault.kind());
  }

  @Override
  public void onSent(Peer peer, int bytes) {
    sent += bytes;
  }

  @Override
  public void onBug(RuntimeException bug) {
    throw bug;
  }

  @Override
  public void onClosed(Peer peer, String reason) {
    told.add("closed " + reason);
  }
}
