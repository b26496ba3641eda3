package sluice.tron.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.TransactionReturn;
import sluice.protocol.digest.Hash;
import sluice.tron.Recorded;
import sluice.tron.tx.BlockRef;

/**
 * Each recorded request gets the recorded answer from the simulator, whose clock is set to that of
 * the recording and which knows the recorded chain's reference blocks.
 */
class RecordedAnswersTest {
  private static final Set<String> WRONG_REFERENCES =
      Set.of("bad_ref_block_hash", "bad_ref_block_bytes");
  private static final Set<String> LATE = Set.of("same_tx_after_inclusion", "same_tx_after_solid");

  @ParameterizedTest
  @ValueSource(strings = {"w1", "w27"})
  void requestsGetTheRecordedAnswers(String name) throws Exception {
    Map<String, Transaction> requests = Recorded.requests(name);
    List<String> order = new ArrayList<>(requests.keySet());
    order.removeAll(LATE);
    order.sort(
        Comparator.<String>comparingLong(which -> requests.get(which).getRawData().getTimestamp())
            .thenComparing(which -> which.startsWith("same") || which.startsWith("malleated")));
    long first = requests.get(order.getFirst()).getRawData().getTimestamp();
    DevChain chain =
        new DevChain(
            DevConfig.of(name, first / 3_000 * 3_000 - 600_000)
                .funding(Recorded.key("bank").address(), 1_000_000_000_000_000L));
    requests.forEach((which, transaction) -> {
      if (!WRONG_REFERENCES.contains(which)) {
        chain.refer(reference(transaction));
      }
    });
    int checked = 0;
    for (String which : order) {
      long timestamp = requests.get(which).getRawData().getTimestamp();
      while (chain.nowMillis() + 3_000 <= timestamp) {
        chain.produce(1);
        requests.forEach((other, transaction) -> {
          if (!WRONG_REFERENCES.contains(other)) {
            chain.refer(reference(transaction)); // the recorded chain's, not our own of that height
          }
        });
      }
      check(name, which, chain.submit(requests.get(which)));
      checked++;
      if (which.equals("trc10_transfer") && name.equals("w1")) {
        check(name, "same_tx_again_at_once", chain.submit(requests.get(which)));
        chain.produce(1);
        refer(chain, requests);
        for (String late : List.of("same_tx_after_inclusion", "same_tx_after_solid")) {
          check(name, late, chain.submit(requests.get(late)));
          checked++;
        }
      }
    }
    if (name.equals("w27")) {
      chain.produce(25);
      for (String late : List.of("same_tx_after_inclusion", "same_tx_after_solid")) {
        check(name, late, chain.submit(requests.get(late)));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(requests.size());
  }

  private static void refer(DevChain chain, Map<String, Transaction> requests) {
    requests.forEach((other, transaction) -> {
      if (!WRONG_REFERENCES.contains(other)) {
        chain.refer(reference(transaction));
      }
    });
  }

  private static BlockRef reference(Transaction transaction) {
    byte[] id = new byte[Hash.SHA256_BYTES];
    transaction.getRawData().getRefBlockBytes().copyTo(id, 6);
    transaction.getRawData().getRefBlockHash().copyTo(id, 8);
    return new BlockRef(Hash.of(id));
  }

  private static void check(String name, String which, TransactionReturn answer) throws Exception {
    TransactionReturn recorded = Recorded.answer(name, which);
    assertThat(answer.getCode())
        .as("%s %s: %s", name, which, answer.getMessage().toStringUtf8())
        .isEqualTo(recorded.getCode());
    assertThat(answer.getResult()).as(which).isEqualTo(recorded.getResult());
    if (!which.equals("unknown_asset")
        && !which.contains("signature")
        && !which.equals("signed_by_another")) {
      assertThat(answer.getMessage().toStringUtf8())
          .as(which)
          .isEqualTo(recorded.getMessage().toStringUtf8());
    }
  }
}
