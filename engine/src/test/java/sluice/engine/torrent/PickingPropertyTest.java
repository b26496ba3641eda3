package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Requests;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.pick.PieceState;
import sluice.engine.pick.Priority;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;

/** Peers that come, go, lie, choke and refuse at random, against the invariants of picking. */
class PickingPropertyTest {
  private static final int PIECES = 12;
  private static final int BLOCKS = 3;
  private static final int STEPS = 400;
  private static final int MAX_PEERS = 6;

  private final TorrentWorld world = new TorrentWorld(Content.of(PIECES, BLOCKS), 40);
  private final List<FarPeer> peers = new ArrayList<>();
  private final Map<FarPeer, List<Message.Request>> open = new LinkedHashMap<>();
  private final Map<FarPeer, byte[]> rest = new LinkedHashMap<>();
  private int next = 1;
  private boolean dueOnce;
  private boolean wishful;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void invariantsHoldAndTheDownloadEnds(long seed) {
    live(seed, false);
  }

  /** The same while wishes change and pieces are lost. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39})
  void invariantsHoldWhateverIsWished(long seed) {
    live(seed, true);
  }

  private void live(long seed, boolean changing) {
    wishful = changing;
    SplittableRandom random = new SplittableRandom(seed);
    world.start();
    for (int step = 0; step < STEPS; step++) {
      BitSet absent = absent();
      Set<Long> copies = copies();
      act(random);
      world.loop.run(0);
      check("seed %d step %d".formatted(seed, step));
      absent.and(absent());
      if (!absent.isEmpty() && !dueOnce) {
        assertThat(copies).as("seed %d step %d: endgame", seed, step).containsAll(copies());
      }
    }
    world.storage.resume();
    world.torrent().wishes().select(FileSelection.ALL);
    world.loop.run(0);
    FarPeer honest = world.seed(9_000);
    for (int i = 0; i < 90 && !world.torrent().picker().have().isFull(); i++) {
      peers.stream().filter(p -> !p.pipe().isClosed() && !rest.containsKey(p)).forEach(this::chat);
      world.run(1, honest);
      check("seed %d at the end".formatted(seed));
    }
    assertThat(world.torrent().picker().have().isFull()).as("seed %d", seed).isTrue();
    assertThat(world.told).as("seed %d", seed).contains("completed");
    assertThat(world.torrent().picker().missingBytes()).isZero();
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.isClean()).as("seed %d: memory is free", seed).isTrue();
  }

  private void chat(FarPeer peer) {
    peer.say(new Message.KeepAlive());
  }

  private void act(SplittableRandom random) {
    int kind = random.nextInt(wishful ? 28 : 24);
    peers.removeIf(p -> p.pipe().isClosed());
    if (peers.isEmpty() || (kind == 0 && peers.size() < MAX_PEERS)) {
      join(random);
      return;
    }
    FarPeer peer = peers.get(random.nextInt(peers.size()));
    if (kind == 1) {
      peer.pipe().reset();
    } else if (kind == 2) {
      world.storage.hold();
    } else if (kind <= 4) {
      world.storage.resume();
    } else if (kind <= 7) {
      world.pump();
    } else if (kind >= 24) {
      wish(random, kind);
    } else if (kind == 8 && random.nextInt(10) == 0) {
      world.run(25);
    } else {
      byte[] bytes = rest.remove(peer);
      if (bytes != null) {
        peer.pipe().deliver(bytes);
      } else {
        talk(random, peer, kind);
      }
    }
  }

  private void wish(SplittableRandom random, int kind) {
    Wishes wishes = world.torrent().wishes();
    int piece = random.nextInt(PIECES);
    Priority[] all = {Priority.SKIP, Priority.LOW, Priority.NORMAL, Priority.HIGH};
    switch (kind) {
      case 24 -> wishes.select(FileSelection.ALL.with(0, all[random.nextInt(all.length)]));
      case 25 -> {
        dueOnce = true;
        wishes.due(piece, world.loop.now() + random.nextLong(-1_000_000_000L, 5_000_000_000L));
      }
      case 26 -> wishes.nothingDue();
      default -> {
        wishes.sequential(random.nextBoolean());
        wishes.ends(random.nextBoolean());
      }
    }
  }

  private void join(SplittableRandom random) {
    FarPeer peer = world.join(next++, random.nextBoolean());
    if (peer.pipe().isClosed()) {
      return;
    }
    PieceSet have = new PieceSet(PIECES);
    for (int i = 0; i < PIECES; i++) {
      if (random.nextInt(3) > 0) {
        have.set(i);
      }
    }
    peer.say(new Message.Bitfield(ByteBuffer.wrap(have.toWire())), new Message.Unchoke());
    peers.add(peer);
    open.put(peer, new ArrayList<>());
  }

  private void talk(SplittableRandom random, FarPeer peer, int kind) {
    List<Message.Request> asked = open.getOrDefault(peer, new ArrayList<>());
    asked.addAll(peer.heard(Message.Request.class));
    boolean fast = world.near(peer).handshake().fast();
    if (kind <= 10) {
      peer.say(new Message.Have(random.nextInt(PIECES)));
    } else if (kind == 11) {
      peer.say(random.nextBoolean() ? new Message.Choke() : new Message.Unchoke());
    } else if (kind == 12 && fast) {
      peer.say(new Message.AllowedFast(random.nextInt(PIECES)));
    } else if (!asked.isEmpty()) {
      Message.Request request = asked.remove(random.nextInt(asked.size()));
      boolean lie = peer.pipe().remote().address().getAddress()[3] % 3 == 0 && kind == 13;
      if (kind == 14 && fast) {
        peer.say(new Message.RejectRequest(request.piece(), request.begin(), request.length()));
      } else {
        byte[] data = lie ? new byte[request.length()] : world.block(request);
        send(random, peer, FarPeer.blockBytes(request.piece(), request.begin(), data));
      }
    }
  }

  private void send(SplittableRandom random, FarPeer peer, byte[] bytes) {
    int cut = random.nextInt(4) == 0 ? 13 + random.nextInt(1_000) : bytes.length;
    peer.pipe().deliver(Arrays.copyOf(bytes, cut));
    if (cut < bytes.length) {
      rest.put(peer, Arrays.copyOfRange(bytes, cut, bytes.length));
    }
  }

  private BitSet absent() {
    BitSet absent = new BitSet();
    for (int i = 0; i < PIECES; i++) {
      absent.set(i, world.torrent().picker().state(i) == PieceState.ABSENT);
    }
    return absent;
  }

  /** The blocks that are asked of more than one peer. */
  private Set<Long> copies() {
    Set<Long> copies = new HashSet<>();
    for (OpenPiece piece : world.torrent().picker().openPieces()) {
      for (int b = 0; b < piece.blocks(); b++) {
        if (piece.asked(b) > 1) {
          copies.add(piece.serial() * BLOCKS + b);
        }
      }
    }
    return copies;
  }

  private void check(String where) {
    int requests = 0;
    for (Peer peer : world.torrent().peers()) {
      List<Requests.Open> all = peer.requests().all();
      requests += all.size();
      assertThat(all.stream().map(r -> r.piece() * BLOCKS + r.block()))
          .as(where)
          .doesNotHaveDuplicates();
      if (!peer.isClosed()) {
        assertThat(peer.interesting()).as(where).isEqualTo(isInteresting(peer));
      }
    }
    assertThat(world.budget.receiving()).as("%s: promises", where).isEqualTo(requests);
    long unwanted = 0;
    for (int i = 0; i < PIECES; i++) {
      Picker picker = world.torrent().picker();
      boolean out = !picker.have().get(i) && !picker.wants(i);
      unwanted += out ? world.content.layout().pieceDataBytes(i) : 0;
    }
    long bytes = world.torrent().picker().haveBytes() + world.torrent().picker().missingBytes();
    assertThat(bytes + unwanted).as(where).isEqualTo(world.content.layout().dataLength());
    for (int i = 0; i < PIECES; i++) {
      check(where + " piece " + i, i);
    }
  }

  private boolean isInteresting(Peer peer) {
    for (int i = 0; i < PIECES; i++) {
      if (peer.pieces().get(i) && world.torrent().picker().wants(i)) {
        return true;
      }
    }
    return false;
  }

  private void check(String where, int index) {
    Optional<OpenPiece> piece = Optional.ofNullable(world.torrent().picker().openPiece(index));
    PieceState state = world.torrent().picker().state(index);
    assertThat(piece.isPresent()).as(where).isEqualTo(state == PieceState.OPEN);
    assertThat(world.torrent().picker().have().get(index)).isEqualTo(state == PieceState.HAVE);
    long holders =
        world.torrent().peers().stream().filter(p -> p.pieces().get(index) && !p.isSeed()).count();
    assertThat(world.torrent().picker().availability(index)).as(where).isEqualTo((int) holders);
    int used = 0;
    for (int b = 0; piece.isPresent() && b < BLOCKS; b++) {
      assertThat(piece.get().asked(b))
          .as("%s block %d", where, b)
          .isEqualTo(askers(piece.get(), b));
      assertThat(piece.get().asked(b)).as("%s block %d", where, b).isBetween(0, 2);
      used += piece.get().asked(b) + (piece.get().isReceived(b) ? 1 : 0);
    }
    assertThat(piece.isEmpty() || used > 0).as("%s: open for nothing", where).isTrue();
  }

  private int askers(OpenPiece piece, int block) {
    int n = 0;
    for (Peer peer : world.torrent().peers()) {
      Arrival arrival = peer.arrival();
      boolean arrives =
          arrival != null
              && arrival.serial() == piece.serial()
              && arrival.request().block() == block;
      n += arrives || peer.requests().contains(piece.piece(), block) ? 1 : 0;
    }
    return n;
  }
}
