package sluice.tron.devnet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Contract.TransferAssetContract;
import sluice.market.sign.PayAddress;
import sluice.tron.key.TronAddress;
import sluice.tron.node.ChainFees;
import sluice.tron.tx.Transfer;

/**
 * Carries transactions out on a state: bandwidth, then the memo's fee, then the contract.
 *
 * @param slot number of the block's slot, by which bandwidth decays
 */
record Execution(ChainFees fees, long slot) {
  private static final int MAX_PRECISION = 6;

  /**
   * What a transaction has cost.
   *
   * @param token id of the token that it has issued; empty if none
   */
  record Receipt(long feeSun, long bandwidth, String token) {}

  /** Carries it out as a whole, or not at all. */
  Receipt apply(State state, Transaction transaction) throws Refused {
    State tried = state.on();
    Transaction.Contract contract = transaction.getRawData().getContract(0);
    PayAddress owner = owner(contract);
    Optional<Transfer> transfer = Transfer.of(contract);
    if (tried.find(owner).isEmpty()) {
      throw Refused.invalid("account [" + new TronAddress(owner) + "] does not exist");
    }
    if (transfer.isPresent()) {
      known(tried, transfer.get().token());
    } else if (contract.getType() == Transaction.Contract.ContractType.TransferAssetContract) {
      throw Refused.invalid("asset does not exist");
    }
    boolean isNew =
        transfer.isPresent() && tried.find(transfer.get().to()).isEmpty() && !isBad(transfer.get());
    long bytes = ChainFees.RESULT_BYTES;
    bytes += Transaction.newBuilder(transaction).clearRet().build().getSerializedSize();
    long used = isNew ? 0 : bytes;
    long fee = isNew ? pay(tried, owner, fees.activationSun()) : bandwidth(tried, owner, bytes);
    if (!transaction.getRawData().getData().isEmpty()) {
      fee += pay(tried, owner, fees.memoSun());
    }
    String token = "";
    if (transfer.isPresent()) {
      fee += transfer(tried, transfer.get(), isNew);
    } else if (contract.getType() == Transaction.Contract.ContractType.AssetIssueContract) {
      token = issue(tried, owner, contract);
      fee += fees.issueSun();
    } else {
      throw Refused.invalid("this chain knows no " + contract.getType());
    }
    tried.commit();
    return new Receipt(fee, used, token);
  }

  private static boolean isBad(Transfer transfer) {
    return transfer.from().equals(transfer.to());
  }

  private static void known(State state, String token) throws Refused {
    if (!token.equals(Transfer.TRX) && state.token(token).isEmpty()) {
      throw Refused.invalid("asset [" + token + "] does not exist");
    }
  }

  /** Who a contract is of. */
  static PayAddress owner(Transaction.Contract contract) throws Refused {
    try {
      ByteString value = contract.getParameter().getValue();
      ByteString owner =
          switch (contract.getType()) {
            case AssetIssueContract -> AssetIssueContract.parseFrom(value).getOwnerAddress();
            case TransferAssetContract -> TransferAssetContract.parseFrom(value).getOwnerAddress();
            default ->
                Transfer.of(contract)
                    .map(t -> ByteString.copyFrom(new TronAddress(t.from()).bytes()))
                    .orElse(ByteString.EMPTY);
          };
      return TronAddress.of(owner.toByteArray())
          .orElseThrow(() -> Refused.signature("miss sig or contract"))
          .account();
    } catch (InvalidProtocolBufferException e) {
      throw Refused.invalid("no contract");
    }
  }

  private long bandwidth(State state, PayAddress owner, long bytes) throws Refused {
    Account account = state.find(owner).orElse(Account.EMPTY);
    if (bytes <= fees.freeBytes() - account.freeUsed(0, slot)) {
      state.put(owner, account.using(account.freeUsed(bytes, slot), slot));
      return 0;
    }
    return pay(state, owner, Math.multiplyExact(fees.sunPerByte(), bytes));
  }

  private static long pay(State state, PayAddress owner, long sun) throws Refused {
    Account account = state.find(owner).orElse(Account.EMPTY);
    if (account.sun() < sun) {
      throw Refused.poor();
    }
    state.put(owner, account.plusSun(-sun));
    return sun;
  }

  /** Moves the coins; what it costs beside the bandwidth. */
  private long transfer(State state, Transfer t, boolean isNew) throws Refused {
    boolean isTrx = t.token().equals(Transfer.TRX);
    if (t.amount() <= 0) {
      throw Refused.invalid("Amount must be greater than 0.");
    } else if (t.from().equals(t.to())) {
      throw Refused.invalid(
          isTrx ? "Cannot transfer TRX to yourself." : "Cannot transfer asset to yourself.");
    }
    long fee = isNew ? fees.systemActivationSun() : 0;
    Account from = state.find(t.from()).orElse(Account.EMPTY);
    if (isTrx) {
      if (from.sun() < Math.addExact(t.amount(), fee)) {
        throw Refused.invalid("Validate TransferContract error, balance is not sufficient.");
      }
      state.put(t.from(), from.plusSun(-t.amount() - fee));
      state.put(t.to(), state.find(t.to()).orElse(Account.EMPTY).plusSun(t.amount()));
      return fee;
    }
    long balance = from.token(t.token());
    if (balance <= 0) {
      throw Refused.invalid("assetBalance must be greater than 0.");
    } else if (balance < t.amount()) {
      throw Refused.invalid("assetBalance is not sufficient.");
    } else if (from.sun() < fee) {
      throw Refused.invalid("Validate TransferAssetActuator error, insufficient fee.");
    }
    state.put(t.from(), from.plusToken(t.token(), -t.amount()).plusSun(-fee));
    state.put(t.to(), state.find(t.to()).orElse(Account.EMPTY).plusToken(t.token(), t.amount()));
    return fee;
  }

  private String issue(State state, PayAddress owner, Transaction.Contract contract)
      throws Refused {
    try {
      AssetIssueContract token = AssetIssueContract.parseFrom(contract.getParameter().getValue());
      Account account = state.find(owner).orElse(Account.EMPTY);
      if (token.getTotalSupply() <= 0) {
        throw Refused.invalid("TotalSupply must greater than 0!");
      } else if (token.getPrecision() < 0 || token.getPrecision() > MAX_PRECISION) {
        throw Refused.invalid("precision cannot exceed 6");
      } else if (!account.issued().isEmpty()) {
        throw Refused.invalid("An account can only issue one asset");
      } else if (account.sun() < fees.issueSun()) {
        throw Refused.invalid("No enough balance for fee!");
      }
      String id = state.nextToken();
      state.issue(token.toBuilder().setId(id).build());
      state.put(
          owner,
          account.plusSun(-fees.issueSun()).plusToken(id, token.getTotalSupply()).issuing(id));
      return id;
    } catch (InvalidProtocolBufferException e) {
      throw Refused.invalid("no contract");
    }
  }
}
