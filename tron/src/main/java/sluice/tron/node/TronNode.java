package sluice.tron.node;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.tron.trident.api.GrpcAPI.AccountAddressMessage;
import org.tron.trident.api.GrpcAPI.BytesMessage;
import org.tron.trident.api.GrpcAPI.EmptyMessage;
import org.tron.trident.api.GrpcAPI.NumberMessage;
import org.tron.trident.api.WalletGrpc;
import org.tron.trident.api.WalletSolidityGrpc;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Contract.AssetIssueContract;
import org.tron.trident.proto.Response.Account;
import org.tron.trident.proto.Response.AccountNetMessage;
import org.tron.trident.proto.Response.BlockExtention;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.tron.key.TronAddress;

/** A connection to a node's two services. */
public final class TronNode implements AutoCloseable {
  /** How many final blocks are asked for at once. */
  public static final int MAX_AHEAD = 64;

  private static final long MAX_PRECISION = 18;

  private final ManagedChannel full;
  private final ManagedChannel solidity;
  private final Duration deadline;

  private TronNode(ManagedChannel full, ManagedChannel solidity, Duration deadline) {
    this.full = full;
    this.solidity = solidity;
    this.deadline = deadline;
  }

  /** A node; nothing is asked yet. */
  public static TronNode connect(NodeSettings settings) {
    return new TronNode(
        Lines.open(settings, settings.full()),
        Lines.open(settings, settings.solidity()),
        settings.deadline());
  }

  /** A node behind channels that are open; closes them in the end. */
  public static TronNode over(ManagedChannel full, ManagedChannel solidity, Duration deadline) {
    return new TronNode(full, solidity, deadline);
  }

  private interface Call<T> {
    T call();
  }

  private static <T> T ask(Call<T> call) throws NodeException {
    try {
      return call.call();
    } catch (StatusRuntimeException e) {
      throw Lines.failure(e.getStatus());
    }
  }

  private WalletGrpc.WalletBlockingStub wallet() {
    return WalletGrpc.newBlockingStub((Channel) full)
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private WalletSolidityGrpc.WalletSolidityBlockingStub solid() {
    return WalletSolidityGrpc.newBlockingStub((Channel) solidity)
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The id of the chain's first block. */
  public Hash genesis() throws NodeException {
    BlockExtention block =
        ask(() -> wallet().getBlockByNum2(NumberMessage.newBuilder().setNum(0).build()));
    return BlockReader.head(block)
        .filter(head -> head.height() == 0)
        .orElseThrow(() -> lie("it has no first block"))
        .id();
  }

  /** The newest block. */
  public BlockHead head() throws NodeException {
    return BlockReader.head(ask(() -> wallet().getNowBlock2(EmptyMessage.getDefaultInstance())))
        .orElseThrow(() -> lie("it has no newest block"));
  }

  /** The newest final block. */
  public BlockHead solidHead() throws NodeException {
    return BlockReader.head(ask(() -> solid().getNowBlock2(EmptyMessage.getDefaultInstance())))
        .orElseThrow(() -> lie("it has no final block"));
  }

  /** Final blocks from {@code height} on, without a gap; fewer than asked for at the end. */
  public List<SolidBlock> solidBlocks(long height, int count) throws NodeException {
    WalletSolidityGrpc.WalletSolidityFutureStub stub =
        WalletSolidityGrpc.newFutureStub((Channel) solidity)
            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    List<ListenableFuture<BlockExtention>> answers = new ArrayList<>();
    for (int i = 0; i < Math.min(count, MAX_AHEAD); i++) {
      answers.add(stub.getBlockByNum2(NumberMessage.newBuilder().setNum(height + i).build()));
    }
    List<SolidBlock> blocks = new ArrayList<>();
    try {
      for (ListenableFuture<BlockExtention> answer : answers) {
        Optional<SolidBlock> block = BlockReader.read(get(answer), height + blocks.size());
        if (block.isEmpty()) {
          break;
        }
        blocks.add(block.get());
      }
    } catch (NodeException e) {
      if (blocks.isEmpty()) {
        throw e;
      }
    } finally {
      answers.forEach(answer -> answer.cancel(true));
    }
    return blocks;
  }

  private static BlockExtention get(ListenableFuture<BlockExtention> answer) throws NodeException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException(NodeException.Kind.UNREACHABLE, "interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StatusRuntimeException status
          ? Lines.failure(status.getStatus())
          : new NodeException(NodeException.Kind.UNREACHABLE, String.valueOf(e.getCause()));
    }
  }

  /** What the chain charges. */
  public ChainFees fees() throws NodeException {
    return ChainFees.of(ask(() -> wallet().getChainParameters(EmptyMessage.getDefaultInstance())));
  }

  /** An account as of the newest block. */
  public AccountState account(PayAddress address) throws NodeException {
    return state(address, ask(() -> wallet().getAccount(question(address))));
  }

  /** An account as of the newest final block. */
  public AccountState solidAccount(PayAddress address) throws NodeException {
    return state(address, ask(() -> solid().getAccount(question(address))));
  }

  private static AccountAddressMessage question(PayAddress address) {
    return AccountAddressMessage.newBuilder().setAddress(bytes(address)).build();
  }

  private static ByteString bytes(PayAddress address) {
    return ByteString.copyFrom(new TronAddress(address).bytes());
  }

  private static AccountState state(PayAddress address, Account account) throws NodeException {
    boolean exists = !account.getAddress().isEmpty();
    if (exists && !account.getAddress().equals(bytes(address))) {
      throw lie("asked for one account, it gave another");
    }
    return new AccountState(
        exists, account.getBalance(), exists ? account.getAssetV2Map() : Map.of());
  }

  /** Bandwidth that an account may still use for nothing. */
  public long freeBandwidth(PayAddress address) throws NodeException {
    AccountNetMessage net = ask(() -> wallet().getAccountNet(question(address)));
    long staked = net.getNetLimit() - net.getNetUsed();
    return Math.max(0, Math.max(staked, net.getFreeNetLimit() - net.getFreeNetUsed()));
  }

  /** A TRC-10 token; empty if the chain has none of this id. */
  public Optional<TokenInfo> token(String id) throws NodeException {
    BytesMessage question = BytesMessage.newBuilder().setValue(ByteString.copyFromUtf8(id)).build();
    AssetIssueContract token = ask(() -> wallet().getAssetIssueById(question));
    if (token.getId().isEmpty()) {
      return Optional.empty();
    } else if (!token.getId().equals(id)
        || token.getPrecision() < 0
        || token.getPrecision() > MAX_PRECISION) {
      throw lie("asked for token " + id + ", it gave another");
    }
    return Optional.of(
        new TokenInfo(
            id, token.getName().toStringUtf8(), token.getPrecision(), token.getTotalSupply()));
  }

  /** Sends a transaction; the same bytes may be sent any number of times. */
  public Broadcast broadcast(BString transaction) throws NodeException {
    Transaction message;
    try {
      message = Transaction.parseFrom(transaction.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no transaction", e);
    }
    return Broadcast.of(ask(() -> wallet().broadcastTransaction(message)));
  }

  /** The height of the final block with a transaction; empty if there is none, or none yet. */
  public Optional<Long> solidHeightOf(Hash txid) throws NodeException {
    BytesMessage question =
        BytesMessage.newBuilder().setValue(ByteString.copyFrom(txid.bytes())).build();
    var info = ask(() -> solid().getTransactionInfoById(question));
    return info.getId().isEmpty() ? Optional.empty() : Optional.of(info.getBlockNumber());
  }

  private static NodeException lie(String message) {
    return new NodeException(NodeException.Kind.LIES, message);
  }

  @Override
  public void close() {
    full.shutdownNow();
    solidity.shutdownNow();
  }
}
