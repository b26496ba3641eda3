package sluice.engine.announce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeUdp;
import sluice.engine.policy.UrlGuard;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/** One torrent's announcer in virtual time, with all that it hears. */
final class AnnounceWorld implements Announcer.Listener {
  static final Hash HASH = Hash.ofHex("00112233445566778899aabbccddeeff01234567");
  static final Hash OTHER_HASH = Hash.ofHex("ff112233445566778899aabbccddeeff01234567");
  static final PeerId PEER_ID =
      new PeerId("-SL0100-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));

  final FakeLoop loop = new FakeLoop();
  final FakeHttp http = new FakeHttp(loop);
  final FakeUdp udp = new FakeUdp(loop);
  final FakeResolver resolver = new FakeResolver(loop);
  final List<String> heard = new ArrayList<>();
  final List<Endpoint> peers = new ArrayList<>();
  Announcer.Stats stats = new Announcer.Stats(0, 0, 1_000, false);
  List<Hash> hashes = List.of(HASH);
  List<Family> families = List.of();
  Optional<Endpoint> outgoing = Optional.empty();
  long seed = 5;

  /** Whether every tracker is announced to. */
  boolean toAll;

  Announcer announcer(List<List<String>> tiers) {
    FakeEntropy entropy = new FakeEntropy(seed);
    AnnounceSpec spec = new AnnounceSpec(hashes, PEER_ID, 6_881, tiers);
    return new Announcer(loop, trackers(entropy), entropy, spec, () -> stats, this);
  }

  Trackers trackers() {
    return trackers(new FakeEntropy(seed));
  }

  private Trackers trackers(FakeEntropy entropy) {
    return new Trackers(
        loop, udp, http, resolver, entropy, outgoing, families, UrlGuard.NORMAL, toAll);
  }

  Announcer announcer(String... urls) {
    return announcer(List.of(List.of(urls)));
  }

  /** A reply with an interval, a minimum interval and one peer. */
  static FakeHttp.Answer reply(int interval, int least) {
    return new FakeHttp.Reply(
        200, "d8:intervali" + interval + "e12:min intervali" + least + "e5:peers6:\1\2\3\4\5\6e");
  }

  static FakeHttp.Answer failure(String reason) {
    return new FakeHttp.Reply(200, "d14:failure reason" + reason.length() + ":" + reason + "e");
  }

  @Override
  public void onPeers(String url, List<Endpoint> found, AnnounceReply.Peers reply) {
    heard.add("peers " + url + " " + found.size());
    peers.addAll(found);
  }

  @Override
  public void onFailure(String url, String message) {
    heard.add("failure " + url + " " + message);
  }
}
