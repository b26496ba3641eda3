package sluice.tron.devnet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tron.trident.proto.Response.TransactionReturn;
import org.tron.trident.proto.Response.TransactionReturn.response_code;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.tron.node.ChainFees;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/** Free bandwidth as the main network has it: 600 bytes, which come back evenly within a day. */
class BandwidthTest {
  private static final int TENTH_OF_A_DAY = 2_880;
  private static final long LIFE = 3_600_000;

  private final PayKey ann = key("ann");
  private final PayKey bob = key("bob");
  private final DevChain chain =
      new DevChain(
          DevConfig.of("bandwidth", 1_800_000_000_000L)
              .charging(ChainFees.LIKE_MAINNET)
              .funding(bob.address(), 1_024_000_000));
  private final String token = chain.issue(bob.address(), "Coins", 6, 1_000_000);
  private int sent;

  private static PayKey key(String name) {
    return PayKey.of(Hash.sha256(name.getBytes(UTF_8)).bytes()).orElseThrow();
  }

  private TransactionReturn.response_code send() {
    SignedTransfer transfer =
        SignedTransfer.sign(
            new Transfer(ann.address(), bob.address(), token, 1),
            chain.reference(),
            chain.nowMillis() + sent++,
            chain.nowMillis() + LIFE,
            BString.of(new byte[0]),
            ann);
    return chain.submit(transfer.message()).getCode();
  }

  private long free() {
    return chain.freeBandwidth(ann.address());
  }

  @Test
  void whatIsUsedComesBackEvenlyWithinADay() {
    chain.grant(ann.address(), token, 1_000);
    chain.produce(1);
    assertThat(free()).isEqualTo(600);
    assertThat(send()).isEqualTo(response_code.SUCCESS);
    chain.produce(1);
    long used = 600 - free();
    assertThat(used).isBetween(270L, 300L);
    for (int tenths = 1; tenths <= 10; tenths++) {
      chain.skip(TENTH_OF_A_DAY - 1);
      assertThat(free()).isCloseTo(600 - used * (10 - tenths) / 10, within(2L));
    }
    chain.skip(10 * TENTH_OF_A_DAY);
    assertThat(free()).isEqualTo(600);
  }

  @Test
  void twoTransfersADayAreFreeAndTheNextHasToWaitOrPay() {
    chain.grant(ann.address(), token, 1_000);
    chain.produce(1);
    assertThat(send()).isEqualTo(response_code.SUCCESS);
    assertThat(send()).isEqualTo(response_code.SUCCESS);
    assertThat(send()).isEqualTo(response_code.BANDWITH_ERROR);
    chain.produce(1);
    assertThat(send()).isEqualTo(response_code.BANDWITH_ERROR);
    chain.skip(5 * TENTH_OF_A_DAY - 1); // half of two is one
    assertThat(send()).isEqualTo(response_code.SUCCESS);
    assertThat(send()).isEqualTo(response_code.BANDWITH_ERROR);
    chain.fund(ann.address(), 1_000_000);
    assertThat(send()).as("by TRX").isEqualTo(response_code.SUCCESS);
    chain.produce(1);
    assertThat(chain.account(ann.address(), chain.height()).orElseThrow().sun())
        .isBetween(1_000_000 - 300_000L, 1_000_000 - 270_000L);
  }
}
