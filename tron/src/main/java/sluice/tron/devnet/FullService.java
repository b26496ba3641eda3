package sluice.tron.devnet;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.tron.trident.api.GrpcAPI.AccountAddressMessage;
import org.tron.trident.api.GrpcAPI.BytesMessage;
import org.tron.trident.api.GrpcAPI.EmptyMessage;
import org.tron.trident.api.GrpcAPI.NumberMessage;
import org.tron.trident.api.WalletGrpc;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.Account;
import org.tron.trident.proto.Response.AccountNetMessage;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.ChainParameters;
import org.tron.trident.proto.Response.TransactionInfo;
import org.tron.trident.proto.Response.TransactionReturn;

/** The service that knows the newest blocks and takes transactions. */
final class FullService extends WalletGrpc.WalletImplBase {
  private static final int DELAY_BLOCKS = 5;

  private final Views views;
  private final Supplier<NodeFault> faults;
  private final Supplier<UnaryOperator<BlockExtention>> forgery;
  private final Answers answers;

  FullService(
      Views views, Supplier<NodeFault> faults, Supplier<UnaryOperator<BlockExtention>> forgery) {
    this.views = views;
    this.faults = faults;
    this.forgery = forgery;
    answers = new Answers(faults);
  }

  @Override
  public void getNowBlock2(EmptyMessage request, StreamObserver<BlockExtention> to) {
    answers.give(
        to, BlockExtention.getDefaultInstance(), () -> views.block(views.height(), views.height()));
  }

  @Override
  public void getBlockByNum2(NumberMessage request, StreamObserver<BlockExtention> to) {
    answers.give(
        to,
        BlockExtention.getDefaultInstance(),
        () -> forgery.get().apply(views.block(request.getNum(), views.height())));
  }

  @Override
  public void getAccount(AccountAddressMessage request, StreamObserver<Account> to) {
    answers.give(
        to,
        Account.getDefaultInstance(),
        () -> views.account(request.getAddress(), views.height()));
  }

  @Override
  public void getAccountNet(AccountAddressMessage request, StreamObserver<AccountNetMessage> to) {
    answers.give(to, AccountNetMessage.getDefaultInstance(), () -> views.net(request.getAddress()));
  }

  @Override
  public void getTransactionById(BytesMessage request, StreamObserver<Transaction> to) {
    answers.give(
        to,
        Transaction.getDefaultInstance(),
        () -> views.transaction(request.getValue(), views.height()));
  }

  @Override
  public void getTransactionInfoById(BytesMessage request, StreamObserver<TransactionInfo> to) {
    answers.give(
        to,
        TransactionInfo.getDefaultInstance(),
        () -> views.info(request.getValue(), views.height()));
  }

  @Override
  public void getAssetIssueById(BytesMessage request, StreamObserver<AssetIssueContract> to) {
    answers.give(
        to, AssetIssueContract.getDefaultInstance(), () -> views.token(request.getValue()));
  }

  @Override
  public void getChainParameters(EmptyMessage request, StreamObserver<ChainParameters> to) {
    answers.give(to, ChainParameters.getDefaultInstance(), this::parameters);
  }

  private ChainParameters parameters() {
    var fees = views.chain().fees();
    ChainParameters.Builder parameters = ChainParameters.newBuilder();
    List.of(
            Map.entry("getCreateAccountFee", fees.activationSun()),
            Map.entry("getTransactionFee", fees.sunPerByte()),
            Map.entry("getAssetIssueFee", fees.issueSun()),
            Map.entry("getCreateNewAccountFeeInSystemContract", fees.systemActivationSun()),
            Map.entry("getFreeNetLimit", fees.freeBytes()),
            Map.entry("getMemoFee", fees.memoSun()))
        .forEach(entry ->
            parameters
                .addChainParameterBuilder()
                .setKey(entry.getKey())
                .setValue(entry.getValue()));
    return parameters.build();
  }

  @Override
  public void broadcastTransaction(Transaction request, StreamObserver<TransactionReturn> to) {
    NodeFault fault = faults.get();
    TransactionReturn answer = TransactionReturn.newBuilder().setResult(true).build();
    switch (fault) {
      case NONE, ANSWER_LOST, TIMEOUT_DONE -> answer = views.chain().submit(request);
      case TWICE -> {
        answer = views.chain().submit(request);
        views.chain().submit(request);
      }
      case DELAYED -> views.chain().submitLater(request, DELAY_BLOCKS);
      case BUSY ->
          answer = DevChain.answer(TransactionReturn.response_code.SERVER_BUSY, "Server is busy.");
      case EMPTY -> answer = TransactionReturn.getDefaultInstance();
      case UNAVAILABLE, TIMEOUT, SILENT, FORGOTTEN -> {
        // Nothing comes to the chain.
      }
    }
    Answers.give(to, fault, answer);
  }
}
