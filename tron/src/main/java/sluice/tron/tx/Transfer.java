package sluice.tron.tx;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.TransferAssetContract;
import org.tron.trident.proto.Contract.TransferContract;
import sluice.market.sign.PayAddress;
import sluice.tron.key.TronAddress;

/**
 * Coins that go from one address to another.
 *
 * @param token {@link #TRX}, or the id of a TRC-10 token in digits: names of tokens are not unique
 * @param amount in the smallest unit; not checked, as the chain refuses what makes no sense
 */
public record Transfer(PayAddress from, PayAddress to, String token, long amount) {
  /** The chain's own coin, counted in sun: a millionth. */
  public static final String TRX = "TRX";

  private static final String TYPE_PREFIX = "type.googleapis.com/protocol.";
  private static final int MAX_TOKEN = 32;

  /** What a contract transfers; empty if it does something else or is none. */
  public static Optional<Transfer> of(Transaction.Contract contract) {
    try {
      return switch (contract.getType()) {
        case TransferContract -> {
          TransferContract t = TransferContract.parseFrom(contract.getParameter().getValue());
          yield of(t.getOwnerAddress(), t.getToAddress(), TRX, t.getAmount());
        }
        case TransferAssetContract -> {
          TransferAssetContract t =
              TransferAssetContract.parseFrom(contract.getParameter().getValue());
          ByteString name = t.getAssetName();
          String token = name.size() <= MAX_TOKEN ? name.toStringUtf8() : "";
          yield token.matches("[0-9]+")
              ? of(t.getOwnerAddress(), t.getToAddress(), token, t.getAmount())
              : Optional.empty();
        }
        default -> Optional.empty(); // there are dozens of other contracts
      };
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static Optional<Transfer> of(ByteString from, ByteString to, String token, long amount) {
    Optional<TronAddress> owner = TronAddress.of(from.toByteArray());
    return TronAddress.of(to.toByteArray())
        .flatMap(receiver ->
            owner.map(o -> new Transfer(o.account(), receiver.account(), token, amount)));
  }

  /** The contract that carries it out. */
  Transaction.Contract contract() {
    ByteString owner = ByteString.copyFrom(new TronAddress(from).bytes());
    ByteString receiver = ByteString.copyFrom(new TronAddress(to).bytes());
    boolean isTrx = token.equals(TRX);
    ByteString value =
        isTrx
            ? TransferContract.newBuilder()
                .setOwnerAddress(owner)
                .setToAddress(receiver)
                .setAmount(amount)
                .build()
                .toByteString()
            : TransferAssetContract.newBuilder()
                .setAssetName(ByteString.copyFromUtf8(token))
                .setOwnerAddress(owner)
                .setToAddress(receiver)
                .setAmount(amount)
                .build()
                .toByteString();
    Transaction.Contract.ContractType type =
        isTrx
            ? Transaction.Contract.ContractType.TransferContract
            : Transaction.Contract.ContractType.TransferAssetContract;
    return Transaction.Contract.newBuilder()
        .setType(type)
        .setParameter(Any.newBuilder().setTypeUrl(TYPE_PREFIX + type).setValue(value))
        .build();
  }
}
