package sluice.tron.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.ledger.gateway.ChainBlock;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.ChainFunds;
import sluice.ledger.gateway.ChainGateway;
import sluice.ledger.gateway.ChainTransfer;
import sluice.ledger.gateway.Sending;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.tron.key.TronAddress;
import sluice.tron.node.AccountState;
import sluice.tron.node.BlockHead;
import sluice.tron.node.Broadcast;
import sluice.tron.node.ChainFees;
import sluice.tron.node.Network;
import sluice.tron.node.NodeException;
import sluice.tron.node.SolidBlock;
import sluice.tron.node.TokenInfo;
import sluice.tron.node.TronNode;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/** A gateway to TRON by one node, or by one that others have to agree with. */
public final class TronGateway implements ChainGateway, AutoCloseable {
  /** How long after the newest block a payment can be included. */
  public static final long LIFE_MILLIS = 600_000;

  private static final long SECOND_MILLIS = 1_000;
  private static final long FEES_MILLIS = 3_600_000;
  private static final long COLLECT_MILLIS = 120_000;
  private static final long SUN_PER_TRX = 1_000_000;

  private final TronNode node;
  private final List<TronNode> others;
  private final Map<String, TronAsset> byToken = new HashMap<>();
  private final Map<String, TronAsset> byId = new HashMap<>();
  private final OwnKeys keys;
  private Optional<ChainFees> fees = Optional.empty();
  private long feesMillis;
  private long collectMillis = Long.MIN_VALUE;
  private long solid = -1;

  private TronGateway(TronNode node, List<TronNode> others, List<TronAsset> assets, OwnKeys keys) {
    this.node = node;
    this.others = List.copyOf(others);
    this.keys = keys;
    for (TronAsset asset : assets) {
      byToken.put(asset.token(), asset);
      byId.put(asset.id(), asset);
    }
  }

  /**
   * Opens a gateway when the node is on the right chain and its tokens are the right ones.
   *
   * @param others nodes that must tell the same of each block
   * @param genesis the chain that is meant; empty for any private one
   * @param mainnet whether the main network is meant: its coins are worth something
   * @throws ChainException if the node does not answer
   * @throws IllegalArgumentException if it is on another chain, or has other tokens
   */
  public static TronGateway open(
      TronNode node,
      List<TronNode> others,
      Optional<Hash> genesis,
      boolean mainnet,
      List<TronAsset> assets,
      OwnKeys keys)
      throws ChainException {
    try {
      Hash found = node.genesis();
      check(genesis.isEmpty() || genesis.get().equals(found), "the node is on the chain " + found);
      boolean isMainnet = Network.of(found).filter(Network.MAINNET::equals).isPresent();
      check(mainnet || !isMainnet, "the node is on the main network, which has to be allowed");
      check(!mainnet || isMainnet, "the node is not on the main network");
      for (TronNode other : others) {
        Hash theirs = other.genesis();
        check(theirs.equals(found), "another node is on the chain " + theirs);
      }
      for (TronAsset asset : assets) {
        Optional<TokenInfo> token = node.token(asset.token());
        check(token.isPresent(), "the chain has no token " + asset.token());
        check(
            token.get().precision() == asset.precision(),
            "token " + asset.token() + " has " + token.get().precision() + " decimals");
      }
      return new TronGateway(node, others, assets, keys);
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static ChainException failure(NodeException e) {
    return new ChainException("the node " + e.kind() + ": " + e.getMessage());
  }

  @Override
  public Hash genesis() throws ChainException {
    try {
      return node.genesis();
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  @Override
  public List<ChainBlock> finalBlocks(long height, int most) throws ChainException {
    try {
      if (height > solid) {
        BlockHead head = node.solidHead();
        if (head.height() < solid) {
          throw new NodeException(
              NodeException.Kind.LAGS,
              "final blocks end at " + head.height() + ", were at " + solid);
        }
        solid = head.height();
      }
      int count = (int) Math.min(most, solid - height + 1);
      List<ChainBlock> blocks = new ArrayList<>();
      if (count > 0) {
        for (SolidBlock block : node.solidBlocks(height, count)) {
          if (!isAgreed(block)) {
            break;
          }
          blocks.add(block(block));
        }
      }
      return blocks;
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  /** Whether all others have the block as well; that they have another one is an error. */
  private boolean isAgreed(SolidBlock block) throws NodeException {
    for (TronNode other : others) {
      List<SolidBlock> theirs = other.solidBlocks(block.height(), 1);
      if (theirs.isEmpty()) {
        return false;
      } else if (!theirs.getFirst().id().equals(block.id())) {
        throw new NodeException(
            NodeException.Kind.LIES, "two nodes have two final blocks " + block.height());
      }
    }
    return true;
  }

  private ChainBlock block(SolidBlock block) {
    List<ChainTransfer> transfers = new ArrayList<>();
    for (SolidBlock.Included included : block.transfers()) {
      Transfer transfer = included.transfer();
      TronAsset asset = byToken.get(transfer.token());
      if (asset != null) {
        transfers.add(
            new ChainTransfer(
                included.txid(),
                0,
                transfer.from(),
                transfer.to(),
                asset.id(),
                transfer.amount(),
                included.succeeded()));
      }
    }
    return new ChainBlock(
        block.height(),
        block.id(),
        block.parent(),
        Math.floorDiv(block.timeMillis(), SECOND_MILLIS),
        transfers);
  }

  @Override
  public PayAddress address(int number) {
    return keys.address(number);
  }

  @Override
  public String text(PayAddress address) {
    return new TronAddress(address).text();
  }

  @Override
  public ChainFunds funds(List<PayAddress> own) throws ChainException {
    try {
      long before = node.solidHead().height();
      Map<String, Long> micros = new HashMap<>();
      Map<String, Long> payable = new HashMap<>();
      long sun = 0;
      for (PayAddress address : own) {
        AccountState account = node.solidAccount(address);
        for (TronAsset asset : byToken.values()) {
          micros.merge(asset.id(), account.token(asset.token()), Math::addExact);
          if (address.equals(own.getFirst())) {
            payable.put(asset.id(), account.token(asset.token()));
          }
        }
        sun = address.equals(own.getFirst()) ? account.sun() : sun;
      }
      // What was read while another block became final is of neither: it is compared with nothing.
      long height = node.solidHead().height() == before ? before : -1;
      long bandwidth = node.freeBandwidth(own.getFirst());
      return new ChainFunds(
          height, micros, payable, payments(sun, bandwidth), words(sun, bandwidth));
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  /** How many payments to accounts that exist can be made at once. */
  private long payments(long sun, long bandwidth) throws NodeException {
    long price = fees().transferSun(false, 0);
    long free = bandwidth / ChainFees.TRANSFER_BYTES;
    return price == 0 ? Long.MAX_VALUE : free + sun / price;
  }

  private String words(long sun, long bandwidth) throws NodeException {
    ChainFees now = fees();
    return String.format(
        "%d.%06d TRX, %d bytes free; a payment costs %d sun, to a new account %d",
        sun / SUN_PER_TRX,
        sun % SUN_PER_TRX,
        bandwidth,
        now.transferSun(false, bandwidth),
        now.transferSun(true, bandwidth));
  }

  /** What the chain charges, read again each hour. */
  private ChainFees fees() throws NodeException {
    long now = System.nanoTime() / 1_000_000;
    if (fees.isEmpty() || now - feesMillis > FEES_MILLIS) {
      fees = Optional.of(node.fees());
      feesMillis = now;
    }
    return fees.get();
  }

  @Override
  public Payment build(Withdrawal withdrawal, long nowSeconds) throws ChainException {
    TronAsset asset = byId.get(withdrawal.asset());
    if (asset == null) {
      throw new ChainException("no token of this chain: " + withdrawal.asset());
    }
    try {
      BlockHead reference = node.solidHead();
      long head = Math.max(node.head().timeMillis(), reference.timeMillis());
      Transfer transfer =
          new Transfer(keys.address(0), withdrawal.to(), asset.token(), withdrawal.micros());
      // The number makes the times, and so the id, those of this withdrawal alone.
      long end = head + LIFE_MILLIS + Math.floorMod(withdrawal.number() / 1_000, 1_000);
      SignedTransfer signed =
          SignedTransfer.sign(
              transfer,
              new BlockRef(reference.id()),
              nowSeconds * SECOND_MILLIS + Math.floorMod(withdrawal.number(), 1_000),
              end,
              BString.of(new byte[0]),
              keys.key(0));
      return new Payment(signed.txid(), signed.bytes(), Math.ceilDiv(end, SECOND_MILLIS));
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<String> collect(List<PayAddress> own, String assetId) throws ChainException {
    TronAsset asset = byId.get(assetId);
    long now = System.nanoTime() / 1_000_000;
    if (asset == null || now < collectMillis) {
      return Optional.empty();
    }
    collectMillis = now + COLLECT_MILLIS;
    try {
      return collect(own, asset);
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  private Optional<String> collect(List<PayAddress> own, TronAsset asset) throws NodeException {
    BlockHead reference = node.solidHead();
    long head = node.head().timeMillis();
    Optional<String> problem = Optional.empty();
    for (int number = 1; number < own.size(); number++) {
      long amount = node.account(own.get(number)).token(asset.token());
      if (amount > 0) {
        Transfer transfer = new Transfer(own.get(number), own.getFirst(), asset.token(), amount);
        SignedTransfer signed =
            SignedTransfer.sign(
                transfer,
                new BlockRef(reference.id()),
                head,
                head + COLLECT_MILLIS,
                BString.of(new byte[0]),
                keys.key(number));
        Broadcast answer = node.broadcast(signed.bytes());
        if (answer.code() != Broadcast.Code.ACCEPTED) {
          problem = Optional.of("coins do not come from " + text(own.get(number)) + ": " + answer);
        }
      }
    }
    return problem;
  }

  @Override
  public Sending send(Payment payment) throws ChainException {
    try {
      Broadcast answer = node.broadcast(payment.bytes());
      String problem = answer.code() + " " + answer.detail();
      return switch (answer.code()) {
        case ACCEPTED, DUPLICATE -> Sending.TAKEN;
        case NO_BANDWIDTH, BUSY, OTHER -> new Sending(true, problem);
        case EXPIRED, WRONG_REFERENCE, WRONG_SIGNATURE, INVALID -> new Sending(false, problem);
      };
    } catch (NodeException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    node.close();
    others.forEach(TronNode::close);
  }
}
