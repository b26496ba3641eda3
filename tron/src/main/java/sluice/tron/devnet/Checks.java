package sluice.tron.devnet;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.TransactionReturn.response_code;
import sluice.market.sign.AnySignature;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.tron.key.TronAddress;
import sluice.tron.tx.SignedTransfer;

/** What is looked at before a transaction is carried out, in java-tron's order. No state. */
final class Checks {
  static final long MAX_AHEAD_MILLIS = 86_400_000;
  private static final int MAX_BYTES = 500 << 10;

  private Checks() {}

  /** Who signed it: one signature, of the one contract's owner. */
  static void signature(Transaction transaction) throws Refused {
    if (transaction.getSignatureCount() == 0 || transaction.getRawData().getContractCount() != 1) {
      throw Refused.signature("miss sig or contract");
    } else if (transaction.getSignatureCount() > 1) {
      throw Refused.signature(
          "Signature count is "
              + transaction.getSignatureCount()
              + " more than key counts of permission : 1");
    }
    PayAddress owner = Execution.owner(transaction.getRawData().getContract(0));
    byte[] bytes = transaction.getSignature(0).toByteArray();
    Optional<PayAddress> signer = AnySignature.signer(bytes, SignedTransfer.txid(transaction));
    if (signer.isEmpty()) {
      throw Refused.signature("Signature size is " + bytes.length + ", or it is none");
    } else if (!signer.get().equals(owner)) {
      throw Refused.signature(
          HexFormat.of().formatHex(bytes)
              + " is signed by "
              + new TronAddress(signer.get())
              + " but it is not contained of permission.");
    }
  }

  /**
   * Whether the block that it refers to is one of the chain's last 65,536.
   *
   * @param references hashes by the last two bytes of the height
   */
  static void reference(Transaction transaction, Map<BString, BString> references) throws Refused {
    BString bytes = BString.of(transaction.getRawData().getRefBlockBytes().toByteArray());
    BString hash = BString.of(transaction.getRawData().getRefBlockHash().toByteArray());
    BString known = references.get(bytes);
    if (known == null || !Arrays.equals(known.bytes(), hash.bytes())) {
      throw new Refused(response_code.TAPOS_ERROR, "Tapos check error.");
    }
  }

  static void size(Transaction transaction) throws Refused {
    if (transaction.getSerializedSize() > MAX_BYTES) {
      throw new Refused(response_code.TOO_BIG_TRANSACTION_ERROR, "Transaction size is too big.");
    }
  }

  /** Whether it ends after the newest block, and not more than a day later. */
  static void expiration(Transaction transaction, long headMillis) throws Refused {
    long end = transaction.getRawData().getExpiration();
    if (end <= headMillis || end > headMillis + MAX_AHEAD_MILLIS) {
      throw Refused.expired();
    }
  }
}
