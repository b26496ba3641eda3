package sluice.tron.tx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.tron.trident.proto.Chain.Transaction;
import sluice.market.sign.AnySignature;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * A transaction with one transfer and one signature. Its id is that of its raw data: the signature
 * is no part of it.
 */
public final class SignedTransfer {
  /** Largest transaction that is read as one. */
  public static final int MAX_BYTES = 2_048;

  private static final int FIRST_V = 27;

  private final Transaction transaction;
  private final Hash txid;

  private SignedTransfer(Transaction transaction) {
    this.transaction = transaction;
    txid = txid(transaction);
  }

  /** The id of a transaction: the SHA-256 of its raw data. */
  public static Hash txid(Transaction transaction) {
    return Hash.sha256(transaction.getRawData().toByteArray());
  }

  /**
   * Signs a transfer. The same times and the same transfer give the same id, which the chain takes
   * once: who means two gives them two times.
   *
   * @param reference a block of the chain, best a final one
   * @param expirationMillis from when on no block takes it
   * @param memo at most 256 bytes; costs a fee
   */
  public static SignedTransfer sign(
      Transfer transfer,
      BlockRef reference,
      long timestampMillis,
      long expirationMillis,
      BString memo,
      PayKey key) {
    if (memo.length() > 256) {
      throw new IllegalArgumentException("a memo of " + memo.length() + " bytes");
    }
    Transaction.raw.Builder raw =
        Transaction.raw
            .newBuilder()
            .setRefBlockBytes(ByteString.copyFrom(reference.bytes()))
            .setRefBlockHash(ByteString.copyFrom(reference.hash()))
            .setExpiration(expirationMillis)
            .addContract(transfer.contract())
            .setTimestamp(timestampMillis);
    if (memo.length() > 0) {
      raw.setData(ByteString.copyFrom(memo.bytes()));
    }
    return sign(Transaction.newBuilder().setRawData(raw).build(), key);
  }

  /** Signs raw data as they are; an earlier signature is left out. */
  public static SignedTransfer sign(Transaction unsigned, PayKey key) {
    byte[] signature = key.sign(txid(unsigned)).bytes();
    signature[64] = (byte) (signature[64] - FIRST_V);
    return new SignedTransfer(
        Transaction.newBuilder()
            .setRawData(unsigned.getRawData())
            .addSignature(ByteString.copyFrom(signature))
            .build());
  }

  /** Reads what {@link #bytes} gave; empty if it is no transaction of one transfer. */
  public static Optional<SignedTransfer> read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      SignedTransfer read = new SignedTransfer(Transaction.parseFrom(bytes));
      return read.transfer().isPresent() ? Optional.of(read) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** What it transfers. */
  public Optional<Transfer> transfer() {
    return transaction.getRawData().getContractCount() == 1
        ? Transfer.of(transaction.getRawData().getContract(0))
        : Optional.empty();
  }

  /** Whether its only signature is by the address that the coins come from. */
  public boolean isSignedBySender() {
    Optional<PayAddress> signer =
        transaction.getSignatureCount() == 1
            ? AnySignature.signer(transaction.getSignature(0).toByteArray(), txid)
            : Optional.empty();
    return signer.isPresent() && signer.equals(transfer().map(Transfer::from));
  }

  /** Its id. */
  public Hash txid() {
    return txid;
  }

  /** What is sent to a node. */
  public BString bytes() {
    return BString.of(transaction.toByteArray());
  }

  /** The message itself. */
  public Transaction message() {
    return transaction;
  }

  /** From when on no block takes it, in milliseconds of Unix time. */
  public long expirationMillis() {
    return transaction.getRawData().getExpiration();
  }

  @Override
  public String toString() {
    return "transaction " + txid;
  }
}
