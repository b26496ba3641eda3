package sluice.ledger.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/** A chain in memory, whose blocks the test makes, and whose answers it may lose. One thread. */
final class FakeChain implements ChainGateway {
  static final long BLOCK_SECONDS = 3;
  static final long EXPIRY_SECONDS = 60;

  private final PayAddress own;
  private final Map<Hash, Withdrawal> known = new HashMap<>();
  private final Map<Hash, Payment> waiting = new HashMap<>();
  private final Set<Hash> done = new HashSet<>();
  private final List<ChainTransfer> next = new ArrayList<>();
  final List<ChainBlock> blocks = new ArrayList<>();
  private int built;
  private int calls;
  long balance;
  long payments = 100;

  /** Fails at this call, counted from 1; before or after the call did what it does. */
  int failAt = Integer.MAX_VALUE;

  boolean failAfter;
  boolean isFailing;

  FakeChain(PayAddress own, long genesisSeconds) {
    this.own = own;
    blocks.add(new ChainBlock(0, id("block 0"), id("none"), genesisSeconds, List.of()));
  }

  static Hash id(String text) {
    return Keccak.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  long nowSeconds() {
    return blocks.getLast().timeSeconds();
  }

  /** Somebody pays the hub in the next block. */
  void deposit(PayAddress from, String asset, long micros, boolean succeeds) {
    Hash txid = id("deposit " + blocks.size() + " " + next.size());
    next.add(new ChainTransfer(txid, 0, from, own, asset, micros, succeeds));
    balance += succeeds && asset.equals("test:coins") ? micros : 0;
  }

  /** A block with what was sent, if it {@code takes} that. */
  void block(boolean takes) {
    ChainBlock last = blocks.getLast();
    long time = last.timeSeconds() + BLOCK_SECONDS;
    if (takes) {
      waiting
          .values()
          .removeIf(payment -> {
            boolean good = payment.expiresAt() > time && done.add(payment.txid());
            if (good) {
              Withdrawal w = known.get(payment.txid());
              next.add(
                  new ChainTransfer(payment.txid(), 0, own, w.to(), w.asset(), w.micros(), true));
              balance -= w.micros();
            }
            return true;
          });
    }
    blocks.add(
        new ChainBlock(last.height() + 1, id("block " + blocks.size()), last.id(), time, next));
    next.clear();
  }

  private void call(boolean isAfter) throws ChainException {
    if (!isAfter) {
      calls++;
    }
    if (calls == failAt && isAfter == failAfter) {
      isFailing = true;
      throw new ChainException("the node went away");
    }
  }

  int calls() {
    return calls;
  }

  @Override
  public Hash genesis() {
    return blocks.getFirst().id();
  }

  @Override
  public List<ChainBlock> finalBlocks(long height, int most) throws ChainException {
    call(false);
    List<ChainBlock> found =
        height < blocks.size()
            ? List.copyOf(
                blocks.subList((int) height, (int) Math.min(blocks.size(), height + most)))
            : List.of();
    call(true);
    return found;
  }

  @Override
  public PayAddress address(int number) {
    return number == 0
        ? own
        : PayAddress.of(java.util.Arrays.copyOf(id("own " + number).bytes(), 20));
  }

  @Override
  public String text(PayAddress address) {
    return address.hex();
  }

  @Override
  public ChainFunds funds(List<PayAddress> addresses) {
    Map<String, Long> micros = Map.of("test:coins", balance);
    return new ChainFunds(
        blocks.getLast().height(), micros, micros, payments, payments + " payments");
  }

  @Override
  public java.util.Optional<String> collect(List<PayAddress> addresses, String asset) {
    return java.util.Optional.of("nothing to collect");
  }

  @Override
  public Payment build(Withdrawal withdrawal, long nowSeconds) throws ChainException {
    call(false);
    byte[] bytes = ByteBuffer.allocate(4).putInt(built++).array();
    Payment payment = new Payment(Keccak.of(bytes), BString.of(bytes), nowSeconds + EXPIRY_SECONDS);
    known.put(payment.txid(), withdrawal);
    call(true);
    return payment;
  }

  @Override
  public Sending send(Payment payment) throws ChainException {
    call(false);
    waiting.put(payment.txid(), payment);
    call(true);
    return Sending.TAKEN;
  }
}
