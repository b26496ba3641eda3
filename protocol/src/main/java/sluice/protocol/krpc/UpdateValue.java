package sluice.protocol.krpc;

import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.digest.Hash;

/** The value of an item that names a torrent (BEP 46): a dictionary with its info-hash. */
public final class UpdateValue {
  private static final String INFO_HASH = "ih";

  private UpdateValue() {}

  /** The value that names {@code torrent}, of which 20 bytes count. */
  public static BString write(Hash torrent) {
    BDictionary value = BDictionary.builder().put(INFO_HASH, torrent.truncated().bytes()).build();
    return BString.of(Bencode.write(value));
  }

  /** The torrent that {@code value}, bencoded, names. */
  public static Optional<Hash> read(BString value) {
    try {
      return Bencode.parse(value.bytes(), Item.VALUE_LIMITS) instanceof BDictionary d
          ? d.string(INFO_HASH)
              .filter(hash -> hash.length() == Hash.SHA1_BYTES)
              .map(hash -> Hash.of(hash.bytes()))
          : Optional.empty();
    } catch (BencodeException e) {
      return Optional.empty();
    }
  }
}
