package sluice.client;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.magnet.UpdateMagnet;

/** Links that are followed as a setting of the state folder, in bencoding, and back. */
final class SubscriptionCodec {
  private static final HexFormat HEX = HexFormat.of();

  private SubscriptionCodec() {}

  static String text(List<Subscription> all) {
    List<BValue> list = new ArrayList<>();
    all.forEach(each -> list.add(write(each)));
    return PolicyCodec.text(BDictionary.builder().put("links", new BList(list)).build());
  }

  /**
   * What {@code text} says.
   *
   * @throws IllegalArgumentException when it is none of {@link #text}
   */
  static List<Subscription> read(String text) {
    return PolicyCodec.read(
        text,
        from -> {
          List<Subscription> all = new ArrayList<>();
          List<BValue> links = from.list("links").orElseThrow(() -> lacks("links")).items();
          if (links.size() > Subscriptions.MAX_LINKS) {
            throw new IllegalArgumentException(links.size() + " links are too many");
          }
          for (BValue each : links) {
            if (!(each instanceof BDictionary one)) {
              throw lacks("link");
            }
            all.add(one(one));
          }
          return all;
        });
  }

  private static BDictionary write(Subscription said) {
    BDictionary.Builder out = BDictionary.builder();
    said.before().ifPresent(hash -> out.put("before", hash.hex()));
    out.put("every", said.every().toMillis());
    out.put("folder", said.folder().toString());
    said.item().ifPresent(item -> out.put("item", write(item)));
    out.put("link", said.link().toUri());
    out.put("pending", said.pending() ? 1 : 0);
    out.put("trackers", said.trackers() ? 1 : 0);
    return out.build();
  }

  private static BDictionary write(Item.Mutable item) {
    return BDictionary.builder()
        .put("seq", item.seq())
        .put("sig", HEX.formatHex(item.signature().bytes()))
        .put("v", HEX.formatHex(item.value().bytes()))
        .build();
  }

  private static Subscription one(BDictionary from) {
    UpdateMagnet link = UpdateMagnet.parse(string(from, "link")).orElseThrow(() -> lacks("link"));
    long everyMillis = from.integer("every").orElseThrow(() -> lacks("every"));
    Subscription read =
        new Subscription(
            link,
            folder(string(from, "folder")),
            Duration.ofMillis(everyMillis),
            isSet(from, "trackers"),
            from.dictionary("item").map(item -> item(link, item)),
            from.string("before").map(hash -> Hash.ofHex(hash.utf8())),
            isSet(from, "pending"));
    if (read.every().compareTo(Subscriptions.LEAST) < 0) {
      throw new IllegalArgumentException("an interval of " + read.every());
    }
    if (read.pending() && read.torrent().isEmpty()) {
      throw lacks("torrent");
    }
    return read;
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Item.Mutable item(UpdateMagnet link, BDictionary from) {
    return new Item.Mutable(
        link.key(),
        link.salt(),
        from.integer("seq").orElseThrow(() -> lacks("seq")),
        BString.of(HEX.parseHex(string(from, "v"))),
        BString.of(HEX.parseHex(string(from, "sig"))));
  }

  private static boolean isSet(BDictionary from, String key) {
    return from.integer(key).orElseThrow(() -> lacks(key)) != 0;
  }

  private static String string(BDictionary from, String key) {
    return from.string(key).map(BString::utf8).orElseThrow(() -> lacks(key));
  }

  private static IllegalArgumentException lacks(String key) {
    return new IllegalArgumentException("there is no such " + key);
  }
}
