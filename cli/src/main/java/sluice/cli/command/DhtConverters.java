package sluice.cli.command;

import picocli.CommandLine.TypeConversionException;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;

/** From words on the command line to places in the DHT. */
final class DhtConverters {
  private static final String HASH = "[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}";

  private DhtConverters() {}

  /** The info-hash of a torrent. */
  static Hash infoHash(String value) {
    if (value.matches(HASH)) {
      return Hash.ofHex(value);
    }
    try {
      return MagnetParser.parse(value).hashes().wire().getFirst();
    } catch (MagnetException e) {
      throw new TypeConversionException(
          "'" + value + "' is neither an info-hash of 40 or 64 digits nor a magnet link");
    }
  }

  /** 40 digits, the place of an item, or 64, the public key of one that changes. */
  static Hash place(String value) {
    if (!value.matches(HASH)) {
      throw new TypeConversionException(
          "'" + value + "' is neither a place of 40 digits nor a public key of 64");
    }
    return Hash.ofHex(value);
  }

  /** A point of 40 digits. */
  static Hash point(String value) {
    if (!value.matches("[0-9A-Fa-f]{40}")) {
      throw new TypeConversionException("'" + value + "' has not 40 hexadecimal digits");
    }
    return Hash.ofHex(value);
  }

  /** What tells apart the items of one key. */
  static String salt(String value) {
    if (value.length() > Item.MAX_SALT_BYTES) {
      throw new TypeConversionException("a salt has at most 64 characters");
    }
    return value;
  }

  /** A sequence number. */
  static Long seq(String value) {
    if (!value.matches("\\d{1,18}")) {
      throw new TypeConversionException("'" + value + "' is no sequence number");
    }
    return Long.valueOf(value);
  }
}
