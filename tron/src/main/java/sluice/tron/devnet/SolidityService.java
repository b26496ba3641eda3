package sluice.tron.devnet;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.tron.trident.api.GrpcAPI.AccountAddressMessage;
import org.tron.trident.api.GrpcAPI.BytesMessage;
import org.tron.trident.api.GrpcAPI.EmptyMessage;
import org.tron.trident.api.GrpcAPI.NumberMessage;
import org.tron.trident.api.WalletSolidityGrpc;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.Account;
import org.tron.trident.proto.Response.BlockExtention;
import org.tron.trident.proto.Response.TransactionInfo;

/** The service that knows final blocks only. */
final class SolidityService extends WalletSolidityGrpc.WalletSolidityImplBase {
  private final Views views;
  private final Answers answers;
  private final Supplier<UnaryOperator<BlockExtention>> forgery;

  /**
   * The service.
   *
   * @param forgery what it makes of each block before it shows it
   */
  SolidityService(
      Views views, Supplier<NodeFault> faults, Supplier<UnaryOperator<BlockExtention>> forgery) {
    this.views = views;
    this.forgery = forgery;
    answers = new Answers(faults);
  }

  private BlockExtention block(long height) {
    return forgery.get().apply(views.block(height, views.solidHeight()));
  }

  @Override
  public void getNowBlock2(EmptyMessage request, StreamObserver<BlockExtention> to) {
    answers.give(to, BlockExtention.getDefaultInstance(), () -> block(views.solidHeight()));
  }

  @Override
  public void getBlockByNum2(NumberMessage request, StreamObserver<BlockExtention> to) {
    answers.give(to, BlockExtention.getDefaultInstance(), () -> block(request.getNum()));
  }

  @Override
  public void getAccount(AccountAddressMessage request, StreamObserver<Account> to) {
    answers.give(
        to,
        Account.getDefaultInstance(),
        () -> views.account(request.getAddress(), views.solidHeight()));
  }

  @Override
  public void getTransactionById(BytesMessage request, StreamObserver<Transaction> to) {
    answers.give(
        to,
        Transaction.getDefaultInstance(),
        () -> views.transaction(request.getValue(), views.solidHeight()));
  }

  @Override
  public void getTransactionInfoById(BytesMessage request, StreamObserver<TransactionInfo> to) {
    answers.give(
        to,
        TransactionInfo.getDefaultInstance(),
        () -> views.info(request.getValue(), views.solidHeight()));
  }

  @Override
  public void getAssetIssueById(BytesMessage request, StreamObserver<AssetIssueContract> to) {
    answers.give(
        to, AssetIssueContract.getDefaultInstance(), () -> views.token(request.getValue()));
  }
}
