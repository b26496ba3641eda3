package sluice.tron.node;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tron.trident.proto.Chain.BlockHeader;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.TransactionExtention;
import sluice.protocol.digest.Hash;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.MerkleRoot;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/** From a node's message to a block that holds together. No state. */
final class BlockReader {
  private BlockReader() {}

  /** Place and time; empty if the message is, as for a block that the node does not have. */
  static Optional<BlockHead> head(BlockExtention block) throws NodeException {
    if (!block.hasBlockHeader()) {
      return Optional.empty();
    }
    BlockHeader.raw header = block.getBlockHeader().getRawData();
    Hash id = hash(block.getBlockid());
    boolean isFirst = header.getNumber() == 0;
    if (!isFirst && !id.equals(BlockRef.idOf(header.getNumber(), header.toByteArray()))) {
      throw lie("the id of block " + header.getNumber() + " is not that of its header");
    }
    return Optional.of(new BlockHead(header.getNumber(), id, header.getTimestamp()));
  }

  /** The block at {@code height}; empty if the message is. */
  static Optional<SolidBlock> read(BlockExtention block, long height) throws NodeException {
    Optional<BlockHead> head = head(block);
    if (head.isEmpty()) {
      return Optional.empty();
    } else if (head.get().height() != height) {
      throw lie("asked for block " + height + ", it gave " + head.get().height());
    }
    BlockHeader.raw header = block.getBlockHeader().getRawData();
    List<Hash> leaves = new ArrayList<>();
    List<SolidBlock.Included> transfers = new ArrayList<>();
    for (TransactionExtention extention : block.getTransactionsList()) {
      Transaction transaction = extention.getTransaction();
      leaves.add(Hash.sha256(transaction.toByteArray()));
      included(transaction).ifPresent(transfers::add);
    }
    if (height > 0 && !MerkleRoot.of(leaves).equals(hash(header.getTxTrieRoot()))) {
      throw lie("the transactions of block " + height + " are not those of its header");
    }
    Hash parent = height == 0 ? Hash.of(new byte[Hash.SHA256_BYTES]) : hash(header.getParentHash());
    return Optional.of(
        new SolidBlock(height, head.get().id(), parent, head.get().timeMillis(), transfers));
  }

  private static Optional<SolidBlock.Included> included(Transaction transaction) {
    if (transaction.getRawData().getContractCount() != 1) {
      return Optional.empty();
    }
    boolean succeeded =
        transaction.getRetCount() == 1
            && transaction.getRet(0).getRet() == Transaction.Result.code.SUCESS
            && transaction.getRet(0).getContractRet() == Transaction.Result.contractResult.SUCCESS;
    return Transfer.of(transaction.getRawData().getContract(0))
        .map(transfer ->
            new SolidBlock.Included(SignedTransfer.txid(transaction), transfer, succeeded));
  }

  private static Hash hash(ByteString bytes) throws NodeException {
    if (bytes.isEmpty()) {
      return Hash.of(new byte[Hash.SHA256_BYTES]); // how protobuf writes nothing
    } else if (bytes.size() != Hash.SHA256_BYTES) {
      throw lie("a hash of " + bytes.size() + " bytes");
    }
    return Hash.of(bytes.toByteArray());
  }

  private static NodeException lie(String message) {
    return new NodeException(NodeException.Kind.LIES, message);
  }
}
