package sluice.tron.devnet;

import com.google.protobuf.ByteString;
import java.util.List;
import org.tron.trident.proto.Chain.BlockHeader;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.ResourceReceipt;
import org.tron.trident.proto.Response.TransactionExtention;
import org.tron.trident.proto.Response.TransactionInfo;
import org.tron.trident.proto.Response.TransactionReturn;
import sluice.protocol.digest.Hash;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;

/**
 * A block with what it did.
 *
 * @param receipts of its transactions, in their order
 * @param undo takes back what it did to the chain's state
 */
record DevBlock(
    BlockHeader header,
    Hash id,
    List<Transaction> transactions,
    List<Execution.Receipt> receipts,
    State.Undo undo) {

  long height() {
    return header.getRawData().getNumber();
  }

  long timeMillis() {
    return header.getRawData().getTimestamp();
  }

  BlockRef reference() {
    return new BlockRef(id);
  }

  /** As a node shows it. */
  BlockExtention message() {
    BlockExtention.Builder block =
        BlockExtention.newBuilder()
            .setBlockHeader(header)
            .setBlockid(ByteString.copyFrom(id.bytes()));
    for (Transaction transaction : transactions) {
      block.addTransactions(
          TransactionExtention.newBuilder()
              .setTransaction(transaction)
              .setTxid(ByteString.copyFrom(SignedTransfer.txid(transaction).bytes()))
              .setResult(TransactionReturn.newBuilder().setResult(true)));
    }
    return block.build();
  }

  /** What a node tells of its transaction {@code number}. */
  TransactionInfo info(int number) {
    Transaction transaction = transactions.get(number);
    Execution.Receipt receipt = receipts.get(number);
    return TransactionInfo.newBuilder()
        .setId(ByteString.copyFrom(SignedTransfer.txid(transaction).bytes()))
        .setFee(receipt.feeSun())
        .setBlockNumber(height())
        .setBlockTimeStamp(timeMillis())
        .setAssetIssueID(receipt.token())
        .addContractResult(ByteString.EMPTY)
        .setReceipt(ResourceReceipt.newBuilder().setNetUsage(receipt.bandwidth()))
        .build();
  }
}
