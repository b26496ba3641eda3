package sluice.ledger.proof;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.hub.Hub;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Keccak;
import sluice.market.sign.Liabilities;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.protocol.digest.Hash;

/**
 * The totals that a hub has published, and each member's branch of the last one. Any thread; calls
 * block.
 */
public final class ProofBook {
  private static final int KEPT = 2;

  private static final String OWED =
      "select owner, sum(micros) from ("
          + "select owner, micros from account where asset = ?"
          + " and kind in ('AVAILABLE', 'PENDING_WITHDRAWAL')"
          + " union all select payer, deposit - paid - refunded from channel"
          + " where asset = ? and state <> 'CLOSED'"
          + ") owed group by owner having sum(micros) > 0";

  private final Hub hub;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Built> built = new HashMap<>();

  /** A tree with the number of its total and the places of its members. */
  private record Built(long number, SumTree tree, Map<PayAddress, Integer> places) {}

  /** A member and what it is owed. */
  private record Owed(PayAddress member, long micros) {}

  /** A total as it is kept. */
  private record Kept(long number, SignedTotal total, Hash seed) {}

  /** The books of {@code hub}, read by everybody who asks it. */
  public ProofBook(Hub hub) {
    this.hub = hub;
  }

  /** Counts and publishes what is owed of an asset; empty if nothing is. */
  public Optional<SignedTotal> publish(String asset) {
    byte[] seed = new byte[Hash.SHA256_BYTES];
    random.nextBytes(seed);
    return hub.settle(cashier -> {
      Handle handle = cashier.books().handle();
      List<Owed> owed = owed(handle, asset);
      if (owed.isEmpty()) {
        return Optional.empty();
      }
      long number = 1 + last(handle, "select coalesce(max(number), 0) from liability");
      SumTree tree = tree(owed, Hash.of(seed)).tree();
      Liabilities liabilities =
          new Liabilities(
              ChannelCert.asset(asset),
              tree.root().micros(),
              tree.root().hash(),
              owed.size(),
              cashier.books().lastNumber(),
              Hash.ofHex(cashier.books().lastHash()),
              cashier.books().nowSeconds());
      SignedTotal total =
          new SignedTotal(asset, liabilities, hub.sign(liabilities.digest(hub.domain())));
      keep(handle, new Kept(number, total, Hash.of(seed)), owed);
      forget(handle, asset);
      return Optional.of(total);
    });
  }

  /** What was published last. */
  public Optional<SignedTotal> latest(String asset) {
    return hub.look(handle -> kept(handle, asset)).map(Kept::total);
  }

  /** The member's part in what was published last; empty if it had none. */
  public Optional<AccountProof> proof(PayAddress member, String asset) {
    return hub.look(handle -> {
      Optional<Kept> kept = kept(handle, asset);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      Optional<Long> micros = micros(handle, kept.get().number(), member);
      return micros.map(m -> proof(handle, kept.get(), member, m));
    });
  }

  private AccountProof proof(Handle handle, Kept kept, PayAddress member, long micros) {
    Built tree = built(handle, kept);
    int place = tree.places().getOrDefault(member, -1);
    return new AccountProof(
        hub.domain(),
        kept.total(),
        member,
        nonce(kept.seed(), member),
        micros,
        tree.tree().branch(place));
  }

  private synchronized Built built(Handle handle, Kept kept) {
    Built before = built.get(kept.total().asset());
    if (before != null && before.number() == kept.number()) {
      return before;
    }
    List<Owed> owed =
        handle
            .createQuery("select member, amount from liability_leaf where number = ?")
            .bind(0, kept.number())
            .map((row, context) -> new Owed(PayAddress.ofHex(row.getString(1)), row.getLong(2)))
            .list();
    Built made = tree(owed, kept.seed());
    Built numbered = new Built(kept.number(), made.tree(), made.places());
    built.put(kept.total().asset(), numbered);
    return numbered;
  }

  /** The tree, whose leaves are in the order of their nonces: nobody learns who is beside it. */
  private static Built tree(List<Owed> owed, Hash seed) {
    record Seat(Owed owed, Hash nonce) {}
    List<Seat> seats = new ArrayList<>();
    owed.forEach(o -> seats.add(new Seat(o, nonce(seed, o.member()))));
    seats.sort(Comparator.comparing(Seat::nonce));
    Map<PayAddress, Integer> places = new HashMap<>();
    List<SumNode> leaves = new ArrayList<>();
    for (Seat seat : seats) {
      places.put(seat.owed().member(), leaves.size());
      leaves.add(SumNode.leaf(seat.nonce(), seat.owed().member(), seat.owed().micros()));
    }
    return new Built(0, new SumTree(leaves), places);
  }

  private static Hash nonce(Hash seed, PayAddress member) {
    return Keccak.of(seed.bytes(), member.bytes().bytes());
  }

  private static List<Owed> owed(Handle handle, String asset) {
    return handle
        .createQuery(OWED)
        .bind(0, asset)
        .bind(1, asset)
        .map((row, context) -> new Owed(PayAddress.ofHex(row.getString(1)), row.getLong(2)))
        .list();
  }

  private static long last(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  private static Optional<Long> micros(Handle handle, long number, PayAddress member) {
    return handle
        .createQuery("select amount from liability_leaf where number = ? and member = ?")
        .bind(0, number)
        .bind(1, member.hex())
        .mapTo(Long.class)
        .findOne();
  }

  private static Optional<Kept> kept(Handle handle, String asset) {
    return handle
        .createQuery(
            "select number, total, root, entry, head, at_seconds, seed, signature,"
                + " (select count(*) from liability_leaf l where l.number = liability.number)"
                + " from liability where asset = ? order by number desc limit 1")
        .bind(0, asset)
        .map((row, context) -> {
          Liabilities liabilities =
              new Liabilities(
                  ChannelCert.asset(asset),
                  row.getLong(2),
                  Hash.ofHex(row.getString(3)),
                  row.getLong(9),
                  row.getLong(4),
                  Hash.ofHex(row.getString(5)),
                  row.getLong(6));
          PaySignature signature =
              PaySignature.of(HexFormat.of().parseHex(row.getString(8))).orElseThrow();
          return new Kept(
              row.getLong(1),
              new SignedTotal(asset, liabilities, signature),
              Hash.ofHex(row.getString(7)));
        })
        .findOne();
  }

  private static void keep(Handle handle, Kept kept, List<Owed> owed) {
    Liabilities l = kept.total().liabilities();
    handle.execute(
        "insert into liability values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        kept.number(),
        kept.total().asset(),
        l.total(),
        l.root().hex(),
        l.entry(),
        l.head().hex(),
        l.unixSeconds(),
        kept.seed().hex(),
        kept.total().signature().toString());
    try (var batch = handle.prepareBatch("insert into liability_leaf values (?, ?, ?)")) {
      for (Owed o : owed) {
        batch.bind(0, kept.number()).bind(1, o.member().hex()).bind(2, o.micros()).add();
      }
      batch.execute();
    }
  }

  private static void forget(Handle handle, String asset) {
    List<Long> old =
        handle
            .createQuery("select number from liability where asset = ? order by number desc")
            .bind(0, asset)
            .mapTo(Long.class)
            .list();
    for (Long number : old.subList(Math.min(KEPT, old.size()), old.size())) {
      handle.execute("delete from liability_leaf where number = ?", number);
      handle.execute("delete from liability where number = ?", number);
    }
  }
}
