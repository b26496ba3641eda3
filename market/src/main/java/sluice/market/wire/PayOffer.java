package sluice.market.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.market.money.Price;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;

/**
 * What a peer tells of itself under {@code bwpay} in the extension handshake. Nothing in it names a
 * wallet or an account.
 *
 * @param assets ids of the assets that it takes
 * @param floor the lowest price at which it sells; empty if it does not
 * @param hubs identities of the hubs that it accepts
 * @param abilities {@link #PAYS}, {@link #SELLS} and the policies that it knows, as bits
 * @param windowBytes the largest window that it grants
 */
public record PayOffer(
    List<String> assets, Optional<Price> floor, List<Hash> hubs, int abilities, long windowBytes) {
  /** Name of the extension, and key of this dictionary. */
  public static final String NAME = "bwpay";

  public static final int VERSION = 1;
  public static final int PAYS = 1;
  public static final int SELLS = 2;
  public static final int MAX_HUBS = 8;
  public static final int MAX_ASSETS = 8;

  public PayOffer {
    assets = List.copyOf(assets);
    hubs = List.copyOf(hubs);
  }

  /** Whether it says that it pays. */
  public boolean pays() {
    return (abilities & PAYS) != 0;
  }

  /** Whether it says that it sells, and at which price. */
  public boolean sells() {
    return (abilities & SELLS) != 0 && floor.isPresent();
  }

  /** The dictionary. */
  public BDictionary encode() {
    BDictionary.Builder out = BDictionary.builder();
    out.put("a", new BList(assets.stream().<BValue>map(BString::of).toList()));
    floor.ifPresent(price -> out.put("f", price.perMebibyte()));
    out.put("h", new BList(hubs.stream().<BValue>map(hub -> BString.of(hub.bytes())).toList()));
    out.put("p", abilities);
    out.put("v", new BList(List.of(new BInteger(VERSION))));
    return out.put("w", windowBytes).build();
  }

  /**
   * What a peer told; empty if it speaks no version of ours, or tells nothing that makes sense. A
   * handshake is no place for violations: who tells nonsense is a peer without the extension.
   */
  public static Optional<PayOffer> decode(BDictionary told) {
    boolean ours =
        told.list("v").stream()
            .flatMap(v -> v.items().stream())
            .anyMatch(v -> v instanceof BInteger(long version) && version == VERSION);
    OptionalLong abilities = told.integer("p");
    if (!ours || abilities.isEmpty() || abilities.getAsLong() < 0) {
      return Optional.empty();
    }
    List<String> assets = new ArrayList<>();
    List<Hash> hubs = new ArrayList<>();
    for (BValue item : told.list("a").map(BList::items).orElse(List.of())) {
      if (item instanceof BString s
          && s.length() <= PayReader.MAX_TEXT_BYTES
          && assets.size() < MAX_ASSETS) {
        assets.add(s.utf8());
      }
    }
    for (BValue item : told.list("h").map(BList::items).orElse(List.of())) {
      if (item instanceof BString s && s.length() == Hash.SHA256_BYTES && hubs.size() < MAX_HUBS) {
        hubs.add(Hash.of(s.bytes()));
      }
    }
    OptionalLong floor = told.integer("f");
    return Optional.of(
        new PayOffer(
            assets,
            floor.isPresent() && floor.getAsLong() >= 0
                ? Optional.of(new Price(floor.getAsLong()))
                : Optional.empty(),
            hubs,
            (int) (abilities.getAsLong() & Integer.MAX_VALUE),
            Math.max(0, told.integer("w").orElse(0))));
  }
}
