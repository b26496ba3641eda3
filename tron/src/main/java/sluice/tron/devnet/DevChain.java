package sluice.tron.devnet;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tron.trident.proto.Chain.BlockHeader;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.TransactionReturn;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.tron.key.TronAddress;
import sluice.tron.node.ChainFees;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.MerkleRoot;
import sluice.tron.tx.SignedTransfer;

/**
 * A chain whose blocks are made by whoever holds it. Time is that of its newest block: nothing
 * happens between two blocks. Any thread; one at a time.
 */
public final class DevChain {
  private static final int HEADER_VERSION = 32;
  private static final int MAX_TRANSACTIONS_OF_BLOCK = 2_000;

  private final DevConfig config;
  private final PayKey witness;
  private final List<DevBlock> blocks = new ArrayList<>();
  private final Map<Hash, Long> heights = new HashMap<>();
  private final Map<BString, BString> references = new HashMap<>();
  private final Pool pool = new Pool();
  private final State state;
  private State pending;
  private long solid;
  private boolean stalled;

  /** A chain with its first block. */
  public DevChain(DevConfig config) {
    this.config = config;
    witness = config.witness();
    state = State.empty();
    config
        .funds()
        .forEach((hex, sun) -> state.put(PayAddress.ofHex(hex), Account.EMPTY.plusSun(sun)));
    pending = state.on();
    BlockHeader.raw first =
        BlockHeader.raw
            .newBuilder()
            .setTimestamp(config.genesisMillis())
            .setParentHash(ByteString.copyFromUtf8(config.name()))
            .build();
    append(
        new DevBlock(
            BlockHeader.newBuilder().setRawData(first).build(),
            BlockRef.idOf(0, first.toByteArray()),
            List.of(),
            List.of(),
            State.Undo.NOTHING));
  }

  private DevChain(DevChain other) {
    config = other.config;
    witness = other.witness;
    blocks.addAll(other.blocks);
    heights.putAll(other.heights);
    references.putAll(other.references);
    state = other.state.copy();
    pending = state.on();
    pool.take(other.pool);
    solid = other.solid;
    refill();
  }

  /** How it began. */
  public DevConfig config() {
    return config;
  }

  /** Height of the newest block. */
  public synchronized long height() {
    return newest().height();
  }

  /** Time of the newest block. */
  public synchronized long nowMillis() {
    return newest().timeMillis();
  }

  /** Height of the newest final block. */
  public synchronized long solidHeight() {
    return solid;
  }

  /** The newest block, as transactions refer to it. */
  public synchronized BlockRef reference() {
    return newest().reference();
  }

  private DevBlock newest() {
    return blocks.getLast();
  }

  synchronized Optional<DevBlock> block(long height) {
    return height < 0 || height >= blocks.size()
        ? Optional.empty()
        : Optional.of(blocks.get((int) height));
  }

  /** Height of the block with a transaction. */
  public synchronized Optional<Long> heightOf(Hash txid) {
    return Optional.ofNullable(heights.get(txid));
  }

  /** How many transactions wait for a block. */
  public synchronized int waiting() {
    return pool.size();
  }

  /** What an account had when the block at {@code height} was the newest; empty if unknown. */
  synchronized Optional<Account> account(PayAddress address, long height) {
    for (long h = height + 1; h < blocks.size(); h++) {
      Optional<Account> before = blocks.get((int) h).undo().accounts().get(address);
      if (before != null) {
        return before;
      }
    }
    return state.find(address);
  }

  synchronized Optional<AssetIssueContract> token(String id) {
    return state.token(id);
  }

  /** Free bandwidth that an account may still use. */
  synchronized long freeBandwidth(PayAddress address) {
    return account(address, height())
        .map(account -> config.fees().freeBytes() - account.freeUsed(0, slot(nowMillis())))
        .orElse(0L);
  }

  /** Coins of a token out of nothing, for tests and trials. */
  public synchronized void grant(PayAddress address, String token, long amount) {
    state.put(address, state.find(address).orElse(Account.EMPTY).plusToken(token, amount));
    refill();
  }

  /** TRX out of nothing. */
  public synchronized void fund(PayAddress to, long sun) {
    state.put(to, state.find(to).orElse(Account.EMPTY).plusSun(sun));
    refill();
  }

  /** Makes a token out of nothing and gives all of it to {@code owner}; its id. */
  public synchronized String issue(PayAddress owner, String name, int precision, long supply) {
    String id = state.nextToken();
    state.issue(
        AssetIssueContract.newBuilder()
            .setId(id)
            .setName(ByteString.copyFromUtf8(name))
            .setOwnerAddress(ByteString.copyFrom(new TronAddress(owner).bytes()))
            .setPrecision(precision)
            .setTotalSupply(supply)
            .build());
    grant(owner, id, supply);
    return id;
  }

  private long slot(long millis) {
    return millis / config.slotMillis();
  }

  private Execution execution(long millis) {
    return new Execution(fees(), slot(millis));
  }

  /** What it charges. */
  public ChainFees fees() {
    return config.fees();
  }

  /** What a node answers to a transaction; it waits for a block if that is success. */
  public synchronized TransactionReturn submit(Transaction sent) {
    Transaction transaction = Transaction.newBuilder(sent).clearRet().build();
    long next = nowMillis() + config.slotMillis();
    try {
      if (transaction.getRawData().getExpiration() < next) {
        throw Refused.expired();
      }
      Checks.signature(transaction);
      Checks.reference(transaction, references);
      Checks.size(transaction);
      Checks.expiration(transaction, nowMillis());
      Hash txid = SignedTransfer.txid(transaction);
      if (heights.containsKey(txid) || pool.has(txid)) {
        return answer(TransactionReturn.response_code.DUP_TRANSACTION_ERROR, "Dup transaction.");
      }
      execution(next).apply(pending, transaction);
      pool.add(txid, transaction);
      return TransactionReturn.newBuilder().setResult(true).build();
    } catch (Refused e) {
      return answer(e.code(), String.valueOf(e.getMessage()));
    }
  }

  static TransactionReturn answer(TransactionReturn.response_code code, String message) {
    return TransactionReturn.newBuilder()
        .setCode(code)
        .setMessage(ByteString.copyFromUtf8(message))
        .build();
  }

  /** A transaction that was accepted, and comes to the chain only {@code blocks} later. */
  synchronized void submitLater(Transaction transaction, int blocks) {
    pool.later(transaction, height() + blocks);
  }

  /** Loses all transactions that wait for a block. */
  public synchronized void forget() {
    pool.clear();
    refill();
  }

  /** The next transaction in a block gets this result, and does nothing; empty: none at all. */
  public synchronized void failNext(Optional<Transaction.Result.contractResult> result) {
    pool.failNext(result);
  }

  /** Makes {@code count} blocks. */
  public void produce(int count) {
    for (int i = 0; i < count; i++) {
      produce(0, true);
    }
  }

  /** Makes a block after {@code missed} slots without one. */
  public void skip(int missed) {
    produce(missed, true);
  }

  /** Makes a block without transactions. */
  public void produceEmpty() {
    produce(0, false);
  }

  private synchronized void produce(int missed, boolean takes) {
    DevBlock last = newest();
    long time = last.timeMillis() + (missed + 1) * config.slotMillis();
    State next = state.on();
    Execution execution = execution(time);
    List<Transaction> taken = new ArrayList<>();
    List<Execution.Receipt> receipts = new ArrayList<>();
    for (Transaction transaction :
        takes ? pool.first(MAX_TRANSACTIONS_OF_BLOCK) : List.<Transaction>of()) {
      try {
        Checks.expiration(transaction, last.timeMillis());
        Optional<Transaction.Result> failed = pool.failure();
        receipts.add(
            failed.isPresent()
                ? new Execution.Receipt(0, 0, "")
                : execution.apply(next, transaction));
        taken.add(Pool.with(transaction, failed));
      } catch (Refused e) {
        pool.remove(SignedTransfer.txid(transaction)); // it cannot be carried out any more
      }
    }
    append(header(last, time, taken), taken, receipts, next.commit());
    if (takes) {
      pool.due(height()).forEach(this::submit);
    }
  }

  private BlockHeader header(DevBlock parent, long time, List<Transaction> transactions) {
    List<Hash> leaves = transactions.stream().map(t -> Hash.sha256(t.toByteArray())).toList();
    BlockHeader.raw header =
        BlockHeader.raw
            .newBuilder()
            .setNumber(parent.height() + 1)
            .setTimestamp(time)
            .setParentHash(ByteString.copyFrom(parent.id().bytes()))
            .setTxTrieRoot(ByteString.copyFrom(MerkleRoot.of(leaves).bytes()))
            .setWitnessAddress(ByteString.copyFrom(new TronAddress(witness.address()).bytes()))
            .setVersion(HEADER_VERSION)
            .build();
    byte[] signature = witness.sign(Hash.sha256(header.toByteArray())).bytes();
    signature[signature.length - 1] = (byte) (signature[signature.length - 1] - 27);
    return BlockHeader.newBuilder()
        .setRawData(header)
        .setWitnessSignature(ByteString.copyFrom(signature))
        .build();
  }

  private void append(
      BlockHeader header,
      List<Transaction> transactions,
      List<Execution.Receipt> receipts,
      State.Undo undo) {
    Hash id = BlockRef.idOf(header.getRawData().getNumber(), header.getRawData().toByteArray());
    append(new DevBlock(header, id, List.copyOf(transactions), List.copyOf(receipts), undo));
  }

  private void append(DevBlock block) {
    blocks.add(block);
    refer(block.reference());
    for (Transaction transaction : block.transactions()) {
      Hash txid = SignedTransfer.txid(transaction);
      heights.put(txid, block.height());
      pool.remove(txid);
    }
    if (!stalled) {
      solid = Math.max(solid, block.height() - config.solidLag());
    }
    refill();
  }

  /** Lets transactions refer to a block of another chain that is imitated. */
  synchronized void refer(BlockRef block) {
    references.put(BString.of(block.bytes()), BString.of(block.hash()));
  }

  /** Carries out what waits on the newest state; what no longer can be is dropped. */
  private void refill() {
    pending = state.on();
    Map<Hash, Transaction> waiting = new LinkedHashMap<>(pool.all());
    Execution execution = execution(nowMillis() + config.slotMillis());
    waiting.forEach((txid, transaction) -> {
      try {
        Checks.expiration(transaction, nowMillis());
        execution.apply(pending, transaction);
      } catch (Refused e) {
        pool.remove(txid);
      }
    });
  }

  /** Whether blocks become final no longer. */
  public synchronized void stall(boolean stalls) {
    stalled = stalls;
    if (!stalls) {
      solid = Math.max(solid, height() - config.solidLag());
    }
  }

  /**
   * A chain that goes its own way from here: on neither side enough remain to make blocks final.
   */
  public synchronized DevChain fork() {
    DevChain other = new DevChain(this);
    stall(true);
    other.stall(true);
    return other;
  }

  /**
   * Takes the other side's blocks for its own from where they parted. What only this side had in
   * blocks waits again, if it can still be carried out.
   */
  public synchronized void reorganize(DevChain winner) {
    List<Transaction> dropped = new ArrayList<>();
    while (!winner.block(height()).map(DevBlock::id).filter(newest().id()::equals).isPresent()) {
      DevBlock gone = blocks.removeLast();
      state.undo(gone.undo());
      dropped.addAll(0, gone.transactions());
      gone.transactions().forEach(t -> heights.remove(SignedTransfer.txid(t)));
    }
    if (height() < solid) {
      throw new IllegalStateException("final blocks were undone: from " + solid);
    }
    pool.all().values().forEach(dropped::add);
    pool.clear();
    for (long h = height() + 1; h <= winner.height(); h++) {
      follow(winner.block(h).orElseThrow());
    }
    dropped.forEach(this::submit);
    stall(false);
    winner.stall(false);
  }

  private void follow(DevBlock block) {
    State next = state.on();
    Execution execution = execution(block.timeMillis());
    for (Transaction transaction : block.transactions()) {
      try {
        if (Pool.isSuccess(transaction)) {
          execution.apply(next, transaction);
        }
      } catch (Refused e) {
        throw new IllegalStateException("a block of the other side does not hold", e);
      }
    }
    append(
        new DevBlock(
            block.header(), block.id(), block.transactions(), block.receipts(), next.commit()));
  }
}
