package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/** All readers of this module that take foreign bytes, by name. */
public final class CorpusReaders {
  private static final List<CorpusReader> ALL =
      List.of(
          new CorpusReader(
              "bencode-strict", BencodeException.class, e -> "", CorpusReaders::strict),
          CorpusReader.of(
              "bencode-lenient",
              BencodeException.class,
              input -> Bencode.parseLenient(input, BencodeLimits.FILE)),
          new CorpusReader(
              "metainfo",
              MetainfoException.class,
              CorpusReaders::metainfoReason,
              input -> checked(MetainfoParser.parse(input))),
          new CorpusReader(
              "info",
              MetainfoException.class,
              CorpusReaders::metainfoReason,
              input -> checked(MetainfoParser.parseInfo(input))),
          new CorpusReader(
              "magnet",
              MagnetException.class,
              e -> e instanceof MagnetException m ? m.reason().name() : "",
              CorpusReaders::magnet));

  private CorpusReaders() {}

  /** The reader called {@code name}. */
  public static CorpusReader named(String name) {
    return Stream.of(
            ALL,
            WireReaders.ALL,
            TrackerReaders.ALL,
            MseReaders.ALL,
            FilterReaders.ALL,
            KrpcReaders.ALL,
            UtpReaders.ALL,
            LsdReaders.ALL,
            ProxyReaders.ALL,
            DnsReaders.ALL,
            NatReaders.ALL)
        .flatMap(List::stream)
        .filter(reader -> reader.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no reader " + name));
  }

  private static Runnable strict(byte[] input) throws BencodeException {
    BValue value = Bencode.parse(input, BencodeLimits.FILE);
    return () -> {
      if (!Arrays.equals(Bencode.write(value), input)) {
        throw new AssertionError("what the strict reader takes is not written back as it was");
      }
    };
  }

  private static Runnable checked(Metainfo torrent) {
    return () -> MetainfoChecks.check(torrent);
  }

  private static Runnable magnet(byte[] input) throws MagnetException {
    Magnet magnet = MagnetParser.parse(new String(input, UTF_8));
    return () -> {
      if (magnet.trackers().size() > MagnetParser.MAX_URLS
          || magnet.webSeeds().size() > MagnetParser.MAX_URLS
          || magnet.peers().size() > MagnetParser.MAX_PEERS) {
        throw new AssertionError("more than the limits allow");
      }
    };
  }

  private static String metainfoReason(Exception e) {
    return e instanceof MetainfoException m ? m.reason().name() : "";
  }
}
