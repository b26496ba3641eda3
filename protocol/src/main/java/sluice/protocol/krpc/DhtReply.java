package sluice.protocol.krpc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * What a node answers. Which fields it has depends on the query; a reader takes what is there.
 *
 * @param nodes of both families, at most {@value #MAX_NODES} of each
 * @param values peers, at most {@value #MAX_VALUES}
 * @param token to be shown in an announce or a put, at most {@value #MAX_TOKEN_BYTES} bytes
 * @param scrape numbers of peers (BEP 33)
 * @param item a stored value (BEP 44)
 * @param seq the sequence number of a stored mutable item, also if that is not sent
 * @param samples some info-hashes (BEP 51)
 */
public record DhtReply(
    List<NodeInfo> nodes,
    List<Endpoint> values,
    Optional<BString> token,
    Optional<Scrape> scrape,
    Optional<Stored> item,
    OptionalLong seq,
    Optional<Samples> samples) {

  public static final int MAX_NODES = 32;
  public static final int MAX_VALUES = 256;
  public static final int MAX_TOKEN_BYTES = 128;
  public static final int MAX_SAMPLES = 64;

  /** One that says nothing but who answers. */
  public static final DhtReply EMPTY =
      new DhtReply(
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty());

  public DhtReply {
    nodes = List.copyOf(nodes);
    values = List.copyOf(values);
  }

  /** Numbers of peers that have all, and of others. */
  public record Scrape(AddressBloom seeds, AddressBloom peers) {}

  /**
   * A stored value.
   *
   * @param value bencoded
   * @param signed what a mutable one has besides
   */
  public record Stored(BString value, Optional<Signed> signed) {}

  /** Key, sequence number and signature of a mutable item; nothing of it is checked. */
  public record Signed(BString key, long seq, BString signature) {}

  /**
   * Some of the info-hashes of a node.
   *
   * @param intervalSeconds how long to wait before asking again
   * @param total how many it has
   */
  public record Samples(List<Hash> infoHashes, int intervalSeconds, long total) {
    public static final int MAX_INTERVAL_SECONDS = 21_600;

    public Samples {
      infoHashes = List.copyOf(infoHashes);
    }
  }

  /** The same with other nodes. */
  public DhtReply nodes(List<NodeInfo> changed) {
    return new DhtReply(changed, values, token, scrape, item, seq, samples);
  }

  /** The same with other peers. */
  public DhtReply values(List<Endpoint> changed) {
    return new DhtReply(nodes, changed, token, scrape, item, seq, samples);
  }

  /** The same with a token. */
  public DhtReply token(BString changed) {
    return new DhtReply(nodes, values, Optional.of(changed), scrape, item, seq, samples);
  }

  /** The same with numbers of peers, or without. */
  public DhtReply scrape(Optional<Scrape> changed) {
    return new DhtReply(nodes, values, token, changed, item, seq, samples);
  }

  /** The same with a value. */
  public DhtReply item(Stored changed) {
    OptionalLong of = changed.signed().map(s -> OptionalLong.of(s.seq())).orElse(seq);
    return new DhtReply(nodes, values, token, scrape, Optional.of(changed), of, samples);
  }

  /** The same with a sequence number. */
  public DhtReply seq(long changed) {
    return new DhtReply(nodes, values, token, scrape, item, OptionalLong.of(changed), samples);
  }

  /** The same with info-hashes. */
  public DhtReply samples(Samples changed) {
    return new DhtReply(nodes, values, token, scrape, item, seq, Optional.of(changed));
  }
}
