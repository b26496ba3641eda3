package sluice.tron.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.ChainParameters;
import org.tron.trident.proto.Response.TransactionInfo;
import org.tron.trident.proto.Response.TransactionInfoList;
import org.tron.trident.proto.Response.TransactionReturn;
import sluice.market.sign.AnySignature;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;
import sluice.tron.Recorded;
import sluice.tron.key.TronAddress;

/** Messages of a real node are read, and our ids and signatures are the recorded ones. */
class RecordedTest {
  private static final Set<String> ALTERED =
      Set.of("high_s_alone", "malleated_high_s_same_txid", "v_plus_27_signature");
  private static final List<String> PEOPLE = List.of("bank", "alicea", "boba", "fresha", "poora");

  @ParameterizedTest
  @ValueSource(strings = {"w1", "w27"})
  void allMessagesAreRead(String chain) throws InvalidProtocolBufferException {
    int read = 0;
    for (String name : Recorded.names(chain)) {
      byte[] bytes = Recorded.bytes(chain, name);
      byte[] again =
          switch (name) {
            case "asset_by_id" -> AssetIssueContract.parseFrom(bytes).toByteArray();
            case "asset_issue_info", "trc10_info_solid" ->
                TransactionInfo.parseFrom(bytes).toByteArray();
            case "block_with_trc10" -> BlockExtention.parseFrom(bytes).toByteArray();
            case "chain_parameters" -> ChainParameters.parseFrom(bytes).toByteArray();
            case "trc10_tx_by_id" -> Transaction.parseFrom(bytes).toByteArray();
            case "tx_infos_of_block" -> TransactionInfoList.parseFrom(bytes).toByteArray();
            default ->
                name.endsWith("_req")
                    ? Transaction.parseFrom(bytes).toByteArray()
                    : TransactionReturn.parseFrom(bytes).toByteArray();
          };
      assertThat(again).as(name).isEqualTo(bytes);
      read++;
    }
    assertThat(read).isEqualTo(70);
  }

  @ParameterizedTest
  @ValueSource(strings = {"w1", "w27"})
  void idsAndSignaturesAreTheRecordedOnes(String chain) throws InvalidProtocolBufferException {
    int same = 0;
    int altered = 0;
    for (Map.Entry<String, Transaction> entry : Recorded.requests(chain).entrySet()) {
      Transaction recorded = entry.getValue();
      Hash txid = SignedTransfer.txid(recorded);
      for (ByteString signature : recorded.getSignatureList()) {
        PayAddress signer = AnySignature.signer(signature.toByteArray(), txid).orElseThrow();
        for (String name : PEOPLE) {
          PayKey key = Recorded.key(name);
          if (!key.address().equals(signer)) {
            continue;
          }
          ByteString ours = SignedTransfer.sign(recorded, key).message().getSignature(0);
          if (ALTERED.contains(entry.getKey())) {
            assertThat(ours).as(entry.getKey()).isNotEqualTo(signature);
            altered++;
          } else {
            assertThat(ours).as(entry.getKey()).isEqualTo(signature);
            same++;
          }
        }
      }
    }
    assertThat(same).isEqualTo(27);
    assertThat(altered).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"w1", "w27"})
  void ourTransactionIsTheRecordedOneByteForByte(String chain) throws IOException {
    Map<String, Transaction> requests = Recorded.requests(chain);
    for (String name : List.of("trc10_transfer", "trc10_with_memo", "trx_to_new_account")) {
      Transaction recorded = requests.get(name);
      Transaction.raw raw = recorded.getRawData();
      byte[] id = new byte[32];
      raw.getRefBlockBytes().copyTo(id, 6);
      raw.getRefBlockHash().copyTo(id, 8);
      PayKey key = Recorded.key(name.startsWith("trx") ? "bank" : "alicea");
      SignedTransfer ours =
          SignedTransfer.sign(
              Transfer.of(raw.getContract(0)).orElseThrow(),
              new BlockRef(Hash.of(id)),
              raw.getTimestamp(),
              raw.getExpiration(),
              sluice.protocol.bencode.BString.of(raw.getData().toByteArray()),
              key);
      assertThat(ours.bytes().bytes()).as(name).isEqualTo(recorded.toByteArray());
      assertThat(ours.isSignedBySender()).isTrue();
      assertThat(SignedTransfer.read(ours.bytes().bytes()).orElseThrow().txid())
          .isEqualTo(ours.txid());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"w1", "w27"})
  void theBlockHoldsTogether(String chain) throws IOException {
    BlockExtention block = BlockExtention.parseFrom(Recorded.bytes(chain, "block_with_trc10"));
    var header = block.getBlockHeader().getRawData();
    Hash id = BlockRef.idOf(header.getNumber(), header.toByteArray());
    assertThat(id.bytes()).isEqualTo(block.getBlockid().toByteArray());
    Transaction transaction = block.getTransactions(0).getTransaction();
    assertThat(transaction.toByteArray()).isEqualTo(Recorded.bytes(chain, "trc10_tx_by_id"));
    assertThat(MerkleRoot.of(List.of(Hash.sha256(transaction.toByteArray()))).bytes())
        .isEqualTo(header.getTxTrieRoot().toByteArray());
    PayAddress witness =
        AnySignature.signer(
                block.getBlockHeader().getWitnessSignature().toByteArray(),
                Hash.sha256(header.toByteArray()))
            .orElseThrow();
    assertThat(new TronAddress(witness).bytes())
        .isEqualTo(header.getWitnessAddress().toByteArray());
    Transfer transfer = Transfer.of(transaction.getRawData().getContract(0)).orElseThrow();
    assertThat(transfer.token()).isEqualTo(Recorded.TOKEN);
    assertThat(transfer.from()).isEqualTo(Recorded.key("alicea").address());
    assertThat(transfer.to()).isEqualTo(Recorded.key("boba").address());
  }

  @Test
  void whatIsCopiedHereIsWhatWasRecorded() throws IOException {
    Path folder = Path.of("..", "..", "shared", "tron-fixtures");
    String skipped = "skipped: no ../shared/tron-fixtures to compare the copies with";
    if (!Files.isDirectory(folder)) {
      System.out.println(skipped);
    }
    assumeTrue(Files.isDirectory(folder), skipped);
    for (String chain : Recorded.CHAINS) {
      for (String name : Recorded.names(chain)) {
        String hex = Files.readString(folder.resolve(chain).resolve(name + ".hex")).strip();
        assertThat(HexFormat.of().formatHex(Recorded.bytes(chain, name))).as(name).isEqualTo(hex);
      }
    }
  }
}
