package sluice.engine.torrent;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;
import sluice.engine.rate.Quota;
import sluice.engine.rate.TorrentBandwidth;
import sluice.engine.swarm.SmartBan;
import sluice.engine.webseed.Taker;
import sluice.engine.webseed.WebSeeds;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;

/** The web seeds of a torrent and the way of their blocks into the swarm. Loop only. */
final class WebSide implements Taker {
  /** Web seeds have no address in the classes of bandwidth. */
  private static final Endpoint NOWHERE = new Endpoint(InetAddress.ofLiteral("0.0.0.0"), 0);

  private final SwarmParts parts;
  private final Intake intake;
  private final SmartBan bans;
  private final WebSeeds seeds;

  /**
   * Which web seeds are used.
   *
   * @param info of the torrent
   * @param urls of the web seeds; empty for none
   * @param down the receive limits of session and torrent
   */
  record Options(Info info, List<String> urls, Quota down) {
    static Options of(Metainfo metainfo, TorrentOptions options, TorrentBandwidth bandwidth) {
      List<String> urls =
          options.webSeeds().stream()
              .flatMap(more -> Stream.concat(metainfo.webSeeds().stream(), more.stream()))
              .toList();
      return new Options(metainfo.info(), urls, bandwidth.down(NOWHERE));
    }
  }

  WebSide(SwarmParts parts, Intake intake, SmartBan bans) {
    this.parts = parts;
    this.intake = intake;
    this.bans = bans;
    Services services = parts.services();
    Options options = parts.web();
    this.seeds =
        new WebSeeds(
            new WebSeeds.Parts(
                services.loop(),
                services.web().http().lane(parts.hashes().wire().getFirst().toString()),
                services.web().local(),
                services.web().guard(),
                options.info(),
                parts.picker(),
                services.blocks(),
                options.down(),
                this),
            options.urls());
  }

  void pump() {
    seeds.pump();
  }

  void close() {
    seeds.close();
  }

  /** A block of {@code piece} came that was asked of more than one. */
  void onBlock(Sender from, int piece) {
    if (from instanceof Sender.Remote) {
      seeds.onBlockElsewhere(piece);
    }
  }

  void ban(Sender.Web liar) {
    seeds.drop(liar, "sent false data");
  }

  @Override
  public void onWebBlock(Sender from, OpenPiece piece, int block, Block memory) {
    intake.deliver(from, piece, block, memory);
  }

  @Override
  public void onWebWaste(int bytes) {
    parts.counters().received(bytes, parts.services().loop().now());
    parts.counters().wasted(bytes);
  }

  @Override
  public void onMemoryShort() {
    intake.relieve();
  }

  @Override
  public boolean isOnParole(Sender source) {
    return bans.onParole(source);
  }

  @Override
  public void onWebProblem(String url, String message, boolean dropped) {
    parts.notices().webSeed(url, message, dropped);
  }
}
