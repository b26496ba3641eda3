package sluice.tron.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tron.trident.proto.Chain.Transaction;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/**
 * What a node answers to transactions of all kinds: the simulator always, a real node if there is
 * one. Each row of the table is one of the specification's.
 */
class NodeContractTest {
  private static final long LIFE = 600_000;
  private static final long HOUR = 3_600_000;
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static long counter;

  /** One question to a node. */
  private interface Row {
    void check(Asker ask) throws Exception;
  }

  private record Named(String name, Row row) {}

  @TestFactory
  Stream<DynamicTest> answers() throws Exception {
    List<DynamicTest> tests = new ArrayList<>(tests(Endpoint.simulated()));
    Endpoint.real().ifPresent(real -> tests.addAll(tests(real)));
    return tests.stream();
  }

  private static List<DynamicTest> tests(Endpoint endpoint) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Named named : rows()) {
      tests.add(
          DynamicTest.dynamicTest(
              endpoint + ": " + named.name(), () -> named.row().check(new Asker(endpoint))));
    }
    tests.add(DynamicTest.dynamicTest(endpoint + " ends", endpoint::close));
    return tests;
  }

  private static List<Named> rows() {
    return Stream.of(
            good(),
            ends(),
            signatures(),
            otherSignatures(),
            nonsense(),
            accounts(),
            fees(),
            unknown())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Named> good() {
    return List.of(
        new Named(
            "ok, again while it waits, and in a block",
            ask -> {
              SignedTransfer tx = ask.transfer(ask.to, 5, LIFE);
              ask.expect(tx.message(), Broadcast.Code.ACCEPTED);
              ask.expect(tx.message(), Broadcast.Code.DUPLICATE);
              ask.block();
              ask.expect(tx.message(), Broadcast.Code.DUPLICATE);
              ask.untilSolid(tx);
              ask.expect(tx.message(), Broadcast.Code.DUPLICATE);
            }),
        new Named(
            "expired although it is in a block",
            ask -> {
              SignedTransfer tx = ask.transfer(ask.to, 5, 30_000);
              ask.expect(tx.message(), Broadcast.Code.ACCEPTED);
              ask.untilSolid(tx);
              while (ask.node().head().timeMillis() < tx.expirationMillis()) {
                ask.block();
              }
              ask.expect(tx.message(), Broadcast.Code.EXPIRED);
            }));
  }

  private static List<Named> ends() {
    return List.of(
        new Named(
            "expired, a day and an hour ahead, 23 hours ahead",
            ask -> {
              ask.expect(ask.transfer(ask.to, 5, -60_000).message(), Broadcast.Code.EXPIRED);
              ask.expect(ask.transfer(ask.to, 5, 25 * HOUR).message(), Broadcast.Code.EXPIRED);
              ask.expect(ask.transfer(ask.to, 5, 23 * HOUR).message(), Broadcast.Code.ACCEPTED);
            }),
        new Named(
            "wrong reference",
            ask -> {
              Transaction good = ask.transfer(ask.to, 5, LIFE).message();
              Transaction.Builder hash = good.toBuilder();
              hash.getRawDataBuilder().setRefBlockHash(ByteString.copyFrom(new byte[8]));
              ask.expect(ask.signed(hash.build()), Broadcast.Code.WRONG_REFERENCE);
              Transaction.Builder bytes = good.toBuilder();
              bytes.getRawDataBuilder().setRefBlockBytes(ByteString.copyFrom(new byte[] {-1, -2}));
              ask.expect(ask.signed(bytes.build()), Broadcast.Code.WRONG_REFERENCE);
            }));
  }

  private static List<Named> signatures() {
    return List.of(
        new Named(
            "wrong signatures",
            ask -> {
              Transaction good = ask.transfer(ask.to, 5, LIFE).message();
              ByteString signature = good.getSignature(0);
              ask.expect(
                  SignedTransfer.sign(good, Keystore.newKey()).message(),
                  Broadcast.Code.WRONG_SIGNATURE);
              byte[] flipped = signature.toByteArray();
              flipped[40] ^= 1;
              ask.expect(with(good, flipped), Broadcast.Code.WRONG_SIGNATURE);
              ask.expect(good.toBuilder().clearSignature().build(), Broadcast.Code.WRONG_SIGNATURE);
              ask.expect(
                  good.toBuilder().addSignature(signature).build(), Broadcast.Code.WRONG_SIGNATURE);
            }));
  }

  private static List<Named> otherSignatures() {
    return List.of(
        new Named(
            "v and 27, high s, and the same with another signature",
            ask -> {
              Transaction v = ask.transfer(ask.to, 5, LIFE).message();
              byte[] other = v.getSignature(0).toByteArray();
              other[64] = (byte) (other[64] + 27);
              ask.expect(with(v, other), Broadcast.Code.ACCEPTED);
              Transaction high = ask.transfer(ask.to, 5, LIFE).message();
              ask.expect(malleated(high), Broadcast.Code.ACCEPTED);
              ask.expect(high, Broadcast.Code.DUPLICATE);
              Transaction low = ask.transfer(ask.to, 5, LIFE).message();
              ask.expect(low, Broadcast.Code.ACCEPTED);
              ask.expect(malleated(low), Broadcast.Code.DUPLICATE);
            }));
  }

  private static List<Named> nonsense() {
    return List.of(
        new Named(
            "transfers that make no sense",
            ask -> {
              PayAddress self = ask.endpoint().rich().address();
              ask.expect(ask.transfer(ask.to, 0, LIFE).message(), Broadcast.Code.INVALID);
              ask.expect(ask.transfer(ask.to, -1, LIFE).message(), Broadcast.Code.INVALID);
              ask.expect(ask.transfer(self, 5, LIFE).message(), Broadcast.Code.INVALID);
              ask.expect(
                  ask.transfer(ask.to, Long.MAX_VALUE, LIFE).message(), Broadcast.Code.INVALID);
              ask.expect(
                  ask.signed(
                      new Transfer(self, ask.to, "999999999", 5), ask.endpoint().rich(), LIFE),
                  Broadcast.Code.INVALID);
              PayKey nobody = Keystore.newKey();
              ask.expect(
                  ask.signed(
                      new Transfer(nobody.address(), ask.to, ask.endpoint().token(), 5),
                      nobody,
                      LIFE),
                  Broadcast.Code.INVALID);
            }));
  }

  private static List<Named> accounts() {
    return List.of(
        new Named(
            "fresh address, what waits counts, no fees left",
            ask -> {
              PayKey fresh = Keystore.newKey();
              PayAddress rich = ask.endpoint().rich().address();
              long before = ask.node().account(rich).sun();
              ask.expect(
                  ask.transfer(fresh.address(), 50, LIFE).message(), Broadcast.Code.ACCEPTED);
              ask.untilKnown(fresh.address());
              assertThat(before - ask.node().account(rich).sun())
                  .as("an account is made")
                  .isGreaterThanOrEqualTo(ask.node().fees().activationSun());
              String token = ask.endpoint().token();
              Transfer all = new Transfer(fresh.address(), rich, token, 50);
              ask.expect(ask.signed(all, fresh, LIFE), Broadcast.Code.ACCEPTED);
              Transfer again = new Transfer(fresh.address(), rich, token, 49);
              ask.expect(ask.signed(again, fresh, LIFE), Broadcast.Code.INVALID);
              ask.expect(
                  ask.transfer(fresh.address(), 99, LIFE).message(), Broadcast.Code.ACCEPTED);
              ask.block();
              Broadcast last = new Broadcast(Broadcast.Code.ACCEPTED, "");
              for (int i = 0; i < 40 && last.code() == Broadcast.Code.ACCEPTED; i++) {
                last =
                    ask.send(
                        ask.signed(new Transfer(fresh.address(), rich, token, 1), fresh, LIFE));
              }
              assertThat(last.code()).isEqualTo(Broadcast.Code.NO_BANDWIDTH);
            }));
  }

  private static List<Named> fees() {
    return List.of(
        new Named(
            "memo and TRX",
            ask -> {
              PayAddress rich = ask.endpoint().rich().address();
              long before = ask.node().account(rich).sun();
              SignedTransfer memo =
                  ask.sign(
                      new Transfer(rich, ask.to, ask.endpoint().token(), 5),
                      ask.endpoint().rich(),
                      LIFE,
                      BString.of("hello"));
              ask.expect(memo.message(), Broadcast.Code.ACCEPTED);
              ask.untilSolid(memo);
              long fee = before - ask.node().account(rich).sun();
              assertThat(fee).isGreaterThanOrEqualTo(ask.node().fees().memoSun());
              ask.expect(
                  ask.signed(
                      new Transfer(rich, ask.to, Transfer.TRX, 7), ask.endpoint().rich(), LIFE),
                  Broadcast.Code.ACCEPTED);
            }));
  }

  private static List<Named> unknown() {
    return List.of(
        new Named(
            "what is unknown is empty",
            ask -> {
              assertThat(ask.node().token("999999999")).isEmpty();
              assertThat(ask.node().token(ask.endpoint().token()).orElseThrow().precision())
                  .isBetween(0, 6);
              assertThat(ask.node().account(Keystore.newKey().address()).exists()).isFalse();
              BlockHead solid = ask.node().solidHead();
              assertThat(ask.node().solidBlocks(solid.height() + 1_000, 3)).isEmpty();
              List<SolidBlock> blocks = ask.node().solidBlocks(solid.height() - 4, 5);
              assertThat(blocks).hasSize(5);
              for (int i = 1; i < 5; i++) {
                assertThat(blocks.get(i).parent()).isEqualTo(blocks.get(i - 1).id());
              }
              assertThat(ask.node().genesis()).isEqualTo(ask.node().genesis());
              assertThat(ask.node().freeBandwidth(ask.endpoint().rich().address())).isNotNegative();
            }));
  }

  private static Transaction with(Transaction transaction, byte[] signature) {
    return transaction.toBuilder()
        .clearSignature()
        .addSignature(ByteString.copyFrom(signature))
        .build();
  }

  /** The same with the other of the two signatures that a key has. */
  private static Transaction malleated(Transaction transaction) {
    byte[] bytes = transaction.getSignature(0).toByteArray();
    BigInteger s = ORDER.subtract(new BigInteger(1, bytes, 32, 32));
    byte[] high = HexFormat.of().parseHex(String.format("%064x", s));
    System.arraycopy(high, 0, bytes, 32, 32);
    bytes[64] ^= 1;
    return with(transaction, bytes);
  }

  /** Asks a node. */
  private record Asker(Endpoint endpoint, PayAddress to) {
    Asker(Endpoint endpoint) {
      this(endpoint, Keystore.newKey().address());
      assertThat(endpoint.name()).isNotEmpty();
    }

    TronNode node() {
      return endpoint.node();
    }

    void block() throws InterruptedException {
      endpoint.pace().block();
    }

    SignedTransfer sign(Transfer transfer, PayKey key, long life, BString memo)
        throws NodeException {
      BlockHead solid = node().solidHead();
      long now = node().head().timeMillis();
      return SignedTransfer.sign(
          transfer, new BlockRef(solid.id()), now + counter++, now + life, memo, key);
    }

    SignedTransfer transfer(PayAddress receiver, long amount, long life) throws NodeException {
      Transfer transfer =
          new Transfer(endpoint.rich().address(), receiver, endpoint.token(), amount);
      return sign(transfer, endpoint.rich(), life, BString.of(new byte[0]));
    }

    Transaction signed(Transfer transfer, PayKey key, long life) throws NodeException {
      return sign(transfer, key, life, BString.of(new byte[0])).message();
    }

    Transaction signed(Transaction transaction) {
      return SignedTransfer.sign(transaction, endpoint.rich()).message();
    }

    Broadcast send(Transaction transaction) throws NodeException {
      return node().broadcast(BString.of(transaction.toByteArray()));
    }

    void expect(Transaction transaction, Broadcast.Code code) throws NodeException {
      Broadcast answer = send(transaction);
      assertThat(answer.code()).as(answer.detail()).isEqualTo(code);
      if (code == Broadcast.Code.INVALID) {
        assertThat(answer.detail()).as("says why").isNotBlank();
      }
    }

    void untilSolid(SignedTransfer tx) throws NodeException, InterruptedException {
      Optional<Long> height = Optional.empty();
      for (int i = 0; i < 60 && height.isEmpty(); i++) {
        block();
        height = node().solidHeightOf(tx.txid());
      }
      assertThat(height).isPresent();
    }

    void untilKnown(PayAddress address) throws NodeException, InterruptedException {
      for (int i = 0; i < 20 && !node().account(address).exists(); i++) {
        block();
      }
      assertThat(node().account(address).exists()).isTrue();
    }
  }
}
