package sluice.engine.dht;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeUdp;
import sluice.engine.swarm.ExternalAddress;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.KrpcError;
import sluice.protocol.krpc.KrpcException;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.KrpcReader;
import sluice.protocol.krpc.KrpcWriter;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.Want;

/** One node, packet by packet. */
class DhtNodeTest {
  private static final NodeId THEIR_ID = new NodeId(1, 2, 3);
  private static final BString T = BString.of("tt");
  private static final Hash TORRENT = Hash.sha1(new byte[] {1});

  private final FakeLoop loop = new FakeLoop();
  private final FakeUdp net = new FakeUdp(loop);

  @Test
  void anAnnounceNeedsTheTokenOfItsAddress() throws KrpcException {
    start(false);
    DhtReply found = reply(ask(1, new DhtQuery.GetPeers(TORRENT, Want.UNSAID, false, false)));
    BString token = found.token().orElseThrow();
    assertThat(found.values()).isEmpty();
    assertThat(ask(2, announce(token)))
        .isInstanceOfSatisfying(
            KrpcMessage.Failure.class, f -> assertThat(f.code()).isEqualTo(KrpcError.PROTOCOL));
    assertThat(ask(1, announce(token))).isInstanceOf(KrpcMessage.Reply.class);
    DhtReply again = reply(ask(2, new DhtQuery.GetPeers(TORRENT, Want.UNSAID, false, true)));
    assertThat(again.values()).containsExactly(new Endpoint(at(1).address(), 7777));
    assertThat(again.scrape()).isPresent();
  }

  @Test
  void answersSayWhereTheySeeTheAsker() throws KrpcException {
    start(false);
    assertThat(ask(1, new DhtQuery.Ping()))
        .isInstanceOfSatisfying(KrpcMessage.Reply.class, r -> assertThat(r.seen()).contains(at(1)));
  }

  @Test
  void onlyQueriesAreRefused() {
    start(false);
    String id = "2:id20:abcdefghij0123456789";
    for (String bad :
        List.of(
            "",
            "x",
            "de",
            "d1:y1:re",
            "d1:rd" + id + "e1:t4:abcd1:y1:re",
            "d1:y1:e1:t1:xe",
            "d1:eli201e1:xe1:t4:abcd1:y1:ee")) {
      net.deliver(at(1), bad.getBytes(ISO_8859_1));
    }
    loop.runSeconds(1);
    assertThat(sentTo(1)).isEmpty();
    net.deliver(at(1), ("d1:ad" + id + "e1:q4:vote1:t2:tt1:y1:qe").getBytes(ISO_8859_1));
    assertThat(sentTo(1)).hasSize(1);
  }

  /** Bytes to an address that never answered, for each kind of query (WOOT 2015, BEP 5). */
  @Test
  void nothingIsAmplified() {
    start(false);
    for (int i = 0; i < 40; i++) {
      net.deliver(at(10 + i), bytes(new DhtQuery.Ping()));
      loop.runSeconds(1);
    }
    int out = 0;
    int in = 0;
    for (int i = 0; i < 200; i++) {
      DhtQuery query =
          switch (i % 3) {
            case 0 -> new DhtQuery.GetPeers(TORRENT, Want.BOTH, false, true);
            case 1 -> new DhtQuery.FindNode(THEIR_ID, Want.BOTH);
            default -> new DhtQuery.SampleInfohashes(THEIR_ID, Want.BOTH);
          };
      byte[] packet = bytes(query);
      in += packet.length;
      net.sent.clear();
      net.deliver(at(1), packet);
      loop.runSeconds(1);
      out +=
          net.sent.stream()
              .filter(s -> s.to().equals(at(1)))
              .mapToInt(s -> s.payload().remaining())
              .sum();
    }
    assertThat((double) out / in).isLessThan(1.7);
    assertThat(out).isGreaterThan(in / 2);
  }

  @Test
  void readOnlyNodesAskAndDoNotAnswer() throws KrpcException {
    start(true);
    int asked = net.sent.size();
    assertThat(asked).isPositive();
    assertThat(KrpcReader.read(array(net.sent.getFirst().payload())))
        .isInstanceOfSatisfying(KrpcMessage.Query.class, q -> assertThat(q.readOnly()).isTrue());
    net.deliver(at(1), bytes(new DhtQuery.Ping()));
    net.deliver(at(1), "d1:ade1:q4:vote1:t2:tt1:y1:qe".getBytes(ISO_8859_1));
    loop.run(0);
    assertThat(sentTo(1)).isEmpty();
  }

  /** An answer counts only from where the query went, and with its transaction. */
  @Test
  void forgedAnswersAreIgnored() throws KrpcException {
    Dht dht = start(false);
    KrpcMessage.Query query =
        (KrpcMessage.Query) KrpcReader.read(array(net.sent.getFirst().payload()));
    KrpcMessage.Reply answer =
        new KrpcMessage.Reply(query.transaction(), THEIR_ID, Optional.empty(), DhtReply.EMPTY);
    net.deliver(at(2), KrpcWriter.write(answer));
    net.deliver(
        at(99),
        KrpcWriter.write(
            new KrpcMessage.Reply(BString.of("abcd"), THEIR_ID, Optional.empty(), DhtReply.EMPTY)));
    assertThat(dht.contacts()).isZero();
    net.deliver(at(99), KrpcWriter.write(answer));
    assertThat(dht.contacts()).isEqualTo(1);
    net.deliver(at(99), KrpcWriter.write(answer));
    assertThat(dht.contacts()).isEqualTo(1);
    assertThat(dht.contacts(false)).isEqualTo(1);
    assertThat(dht.contacts(true)).isZero();
  }

  /** Most of it is dropped before it is read, and what we asked for is not. */
  @Test
  void anAnswerIsHeardInAFlood() throws KrpcException {
    Dht dht = start(false);
    KrpcMessage.Query query =
        (KrpcMessage.Query) KrpcReader.read(array(net.sent.getFirst().payload()));
    byte[] flood = bytes(new DhtQuery.GetPeers(TORRENT, Want.UNSAID, false, false));
    net.sent.clear();
    for (int i = 0; i < 20_000; i++) {
      String address = "11." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256;
      net.deliver(new Endpoint(IpLiteral.parse(address).orElseThrow(), 6881), flood);
    }
    assertThat(net.sent).hasSizeBetween(100, Guard.STRANGERS_BURST);
    assertThat(net.wasted()).isEqualTo(20_000 - Guard.STRANGERS_BURST);
    net.deliver(
        at(99),
        KrpcWriter.write(
            new KrpcMessage.Reply(
                query.transaction(), THEIR_ID, Optional.empty(), DhtReply.EMPTY)));
    assertThat(dht.contacts()).isEqualTo(1);
    loop.runSeconds(2);
    assertThat(ask(1, new DhtQuery.Ping())).isInstanceOf(KrpcMessage.Reply.class);
  }

  @Test
  void nothingIsLeftAfterClose() {
    Dht dht = start(false);
    dht.list(TORRENT, () -> new Listing.Self(1, false), p -> {}).close();
    loop.runSeconds(60);
    dht.close();
    assertThat(net.open()).isZero();
    loop.runSeconds(600);
    assertThat(loop.waiting()).isZero();
  }

  private Dht start(boolean readOnly) {
    List<HostPort> routers = List.of(new HostPort("9.9.9.99", 6881));
    DhtConfig config = DhtConfig.with(routers);
    FakeResolver resolver = new FakeResolver(loop);
    Dht dht =
        new Dht(
            loop,
            net,
            resolver,
            new FakeEntropy(3),
            new ExternalAddress(),
            barred -> false,
            readOnly ? config.asking() : config);
    dht.start(new Endpoint(IpLiteral.parse("0.0.0.0").orElseThrow(), 6881));
    loop.run(200_000_000);
    return dht;
  }

  private KrpcMessage ask(int host, DhtQuery query) throws KrpcException {
    net.sent.clear();
    net.deliver(at(host), bytes(query));
    return KrpcReader.read(array(sentTo(host).getFirst().payload()));
  }

  private List<FakeUdp.Sent> sentTo(int host) {
    return new ArrayList<>(net.sent.stream().filter(s -> s.to().equals(at(host))).toList());
  }

  private static DhtReply reply(KrpcMessage message) {
    return ((KrpcMessage.Reply) message).reply();
  }

  private static DhtQuery announce(BString token) {
    return new DhtQuery.AnnouncePeer(TORRENT, 7777, false, false, token);
  }

  private static byte[] bytes(DhtQuery query) {
    return KrpcWriter.write(new KrpcMessage.Query(T, THEIR_ID, true, query));
  }

  private static byte[] array(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  private static Endpoint at(int host) {
    return new Endpoint(IpLiteral.parse("9.9.9." + host).orElseThrow(), 6881);
  }
}
