package sluice.ledger.api;

import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import sluice.market.sign.Domain;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.SignedRequest;

/** Who sent a request, by its signature. Any thread. */
final class Gate {
  static final String ACCOUNT = "Bwpay-Account";
  static final String TIME = "Bwpay-Time";
  static final String NONCE = "Bwpay-Nonce";
  static final String SIGNATURE = "Bwpay-Signature";
  static final long WINDOW_MILLIS = 60_000;
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

  private final Domain domain;
  private final LongSupplier unixMillis;
  private final Nonces nonces = new Nonces();

  Gate(Domain domain, LongSupplier unixMillis) {
    this.domain = domain;
    this.unixMillis = unixMillis;
  }

  /** The account that signed it. */
  PayAddress member(ApiRequest request) {
    PayAddress account = Body.address(ACCOUNT, header(request, ACCOUNT));
    String time = header(request, TIME);
    String nonce = header(request, NONCE);
    PaySignature signature = Body.signature(SIGNATURE, header(request, SIGNATURE));
    if (!MILLIS.matcher(time).matches() || !SignedRequest.isNonce(nonce)) {
      throw Body.bad(TIME + " is in milliseconds, " + NONCE + " has 32 hexadecimal digits");
    }
    long signedAt = Long.parseLong(time);
    long now = unixMillis.getAsLong();
    if (Math.abs(now - signedAt) > WINDOW_MILLIS) {
      throw refused("signed at " + signedAt + ", the hub's clock says " + now);
    }
    SignedRequest signed =
        new SignedRequest(
            request.method(), request.target(), Keccak.of(request.body()), signedAt, nonce);
    if (!signature.isBy(account, signed.digest(domain))) {
      throw refused("the signature is not of this account for this request");
    } else if (!nonces.use(account, nonce, now)) {
      throw refused("the nonce was used before");
    }
    return account;
  }

  private static String header(ApiRequest request, String name) {
    return request.header(name).orElseThrow(() -> refused("the header " + name + " is missing"));
  }

  private static ApiProblem refused(String detail) {
    return new ApiProblem(401, "UNAUTHORIZED", detail);
  }
}
