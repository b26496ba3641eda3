package sluice.protocol.magnet;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import sluice.protocol.bencode.BString;
import sluice.protocol.krpc.Ed25519;
import sluice.protocol.krpc.Item;

/**
 * A magnet link that names no torrent but an item of the DHT that does, so that the owner of the
 * key can point it to another one (BEP 46): {@code magnet:?xs=urn:btpk:KEY&s=SALT}, both in hex.
 *
 * @param key public, 32 bytes
 * @param salt tells apart the items of one key; may be empty
 */
public record UpdateMagnet(BString key, BString salt) {
  private static final String SCHEME = "magnet:?";
  private static final String KEY = "xs=urn:btpk:";
  private static final String SALT = "s=";

  /** Longest link in characters. */
  private static final int MAX_LENGTH = 4_096;

  /** What {@code uri} says, if it is such a link. */
  public static Optional<UpdateMagnet> parse(String uri) {
    String text = uri.strip();
    if (text.length() > MAX_LENGTH || !text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    Optional<BString> key = Optional.empty();
    BString salt = BString.of("");
    for (String parameter : text.substring(SCHEME.length()).split("&", -1)) {
      if (parameter.toLowerCase(Locale.ROOT).startsWith(KEY)) {
        key = hex(parameter.substring(KEY.length())).filter(k -> k.length() == Ed25519.KEY_BYTES);
      } else if (parameter.startsWith(SALT)) {
        Optional<BString> read = hex(parameter.substring(SALT.length()));
        if (read.isEmpty() || read.get().length() > Item.MAX_SALT_BYTES) {
          return Optional.empty();
        }
        salt = read.get();
      }
    }
    BString salted = salt;
    return key.map(k -> new UpdateMagnet(k, salted));
  }

  /** The link. */
  public String toUri() {
    String tail = salt.length() == 0 ? "" : "&" + SALT + HexFormat.of().formatHex(salt.bytes());
    return SCHEME + KEY + HexFormat.of().formatHex(key.bytes()) + tail;
  }

  private static Optional<BString> hex(String digits) {
    try {
      return Optional.of(BString.of(HexFormat.of().parseHex(digits)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
