package sluice.tron.devnet;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Supplier;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.Account;
import org.tron.trident.proto.Response.AccountNetMessage;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.TransactionInfo;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;
import sluice.tron.key.TronAddress;
import sluice.tron.tx.SignedTransfer;

/**
 * A chain as a node's services tell of it; of what is not there a message is empty.
 *
 * @param behind how many blocks the node is late
 */
record Views(DevChain chain, Supplier<Integer> behind) {
  long height() {
    return Math.max(0, chain.height() - behind.get());
  }

  long solidHeight() {
    return Math.max(0, chain.solidHeight() - behind.get());
  }

  BlockExtention block(long height, long newest) {
    return height > newest
        ? BlockExtention.getDefaultInstance()
        : chain.block(height).map(DevBlock::message).orElse(BlockExtention.getDefaultInstance());
  }

  Account account(ByteString address, long height) {
    return TronAddress.of(address.toByteArray())
        .map(TronAddress::account)
        .flatMap(account -> chain.account(account, height))
        .map(account ->
            Account.newBuilder()
                .setAddress(address)
                .setBalance(account.sun())
                .putAllAssetV2(account.tokens())
                .setFreeNetUsage(account.freeUsed())
                .build())
        .orElse(Account.getDefaultInstance());
  }

  AccountNetMessage net(ByteString address) {
    Optional<PayAddress> account = TronAddress.of(address.toByteArray()).map(TronAddress::account);
    long limit = chain.fees().freeBytes();
    return account
        .filter(a -> chain.account(a, chain.height()).isPresent())
        .map(a ->
            AccountNetMessage.newBuilder()
                .setFreeNetLimit(limit)
                .setFreeNetUsed(limit - chain.freeBandwidth(a))
                .build())
        .orElse(AccountNetMessage.getDefaultInstance());
  }

  private Optional<DevBlock> blockOf(ByteString txid, long newest) {
    return txid.size() != Hash.SHA256_BYTES
        ? Optional.empty()
        : chain
            .heightOf(Hash.of(txid.toByteArray()))
            .filter(height -> height <= newest)
            .flatMap(chain::block);
  }

  private static int place(DevBlock block, ByteString txid) {
    Hash wanted = Hash.of(txid.toByteArray());
    int i = 0;
    while (!SignedTransfer.txid(block.transactions().get(i)).equals(wanted)) {
      i++;
    }
    return i;
  }

  Transaction transaction(ByteString txid, long newest) {
    return blockOf(txid, newest)
        .map(block -> block.transactions().get(place(block, txid)))
        .orElse(Transaction.getDefaultInstance());
  }

  TransactionInfo info(ByteString txid, long newest) {
    return blockOf(txid, newest)
        .map(block -> block.info(place(block, txid)))
        .orElse(TransactionInfo.getDefaultInstance());
  }

  AssetIssueContract token(ByteString id) {
    return chain.token(id.toStringUtf8()).orElse(AssetIssueContract.getDefaultInstance());
  }
}
