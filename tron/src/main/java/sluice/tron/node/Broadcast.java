package sluice.tron.node;

import org.tron.trident.proto.Response.TransactionReturn;

/**
 * What a node answered to a transaction. None of it is proof that the transaction will be in a
 * block, or that it will not.
 */
public record Broadcast(Code code, String detail) {
  private static final int MAX_DETAIL = 200;

  /** The kinds of answers that matter. */
  public enum Code {
    ACCEPTED,
    /** It has it, or a block has. */
    DUPLICATE,
    /** It is past its end, which it may have been included before. */
    EXPIRED,
    /** It refers to a block that the node does not know. */
    WRONG_REFERENCE,
    WRONG_SIGNATURE,
    /** The sender has not what it sends, or the transfer makes no sense. */
    INVALID,
    /** The sender has neither free bandwidth nor TRX: wait. */
    NO_BANDWIDTH,
    /** The node has no time or no peers: wait. */
    BUSY,
    OTHER
  }

  static Broadcast of(TransactionReturn answer) {
    Code code =
        switch (answer.getCode()) {
          case SUCCESS -> answer.getResult() ? Code.ACCEPTED : Code.OTHER;
          case DUP_TRANSACTION_ERROR -> Code.DUPLICATE;
          case TRANSACTION_EXPIRATION_ERROR -> Code.EXPIRED;
          case TAPOS_ERROR -> Code.WRONG_REFERENCE;
          case SIGERROR -> Code.WRONG_SIGNATURE;
          case CONTRACT_VALIDATE_ERROR -> Code.INVALID;
          case BANDWITH_ERROR -> Code.NO_BANDWIDTH;
          case SERVER_BUSY, NO_CONNECTION, NOT_ENOUGH_EFFECTIVE_CONNECTION, BLOCK_UNSOLIDIFIED ->
              Code.BUSY;
          case CONTRACT_EXE_ERROR, TOO_BIG_TRANSACTION_ERROR, OTHER_ERROR, UNRECOGNIZED ->
              Code.OTHER;
        };
    return new Broadcast(code, printable(answer.getMessage().toStringUtf8()));
  }

  /** Text of a node without what could steer a terminal. */
  private static String printable(String text) {
    String cut = text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) : text;
    return cut.replaceAll("[^ -~]", "?");
  }
}
