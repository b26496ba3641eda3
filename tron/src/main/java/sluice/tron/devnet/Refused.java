package sluice.tron.devnet;

import org.tron.trident.proto.Response.TransactionReturn.response_code;

/** A transaction that the chain does not take. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final response_code code;

  Refused(response_code code, String message) {
    super(message);
    this.code = code;
  }

  static Refused invalid(String why) {
    return new Refused(response_code.CONTRACT_VALIDATE_ERROR, "Contract validate error : " + why);
  }

  static Refused poor() {
    return new Refused(response_code.BANDWITH_ERROR, "Account resource insufficient error.");
  }

  static Refused expired() {
    return new Refused(response_code.TRANSACTION_EXPIRATION_ERROR, "Transaction expired");
  }

  static Refused signature(String why) {
    return new Refused(response_code.SIGERROR, "Validate signature error: " + why);
  }

  response_code code() {
    return code;
  }
}
