package sluice.tron.gateway;

import java.util.function.IntFunction;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.tron.key.HdKey;

/** The keys of a hub's addresses on the chain: 0 pays out, each other may stand for a member. */
public final class OwnKeys {
  private final PayKey wallet;
  private final IntFunction<PayKey> others;

  private OwnKeys(PayKey wallet, IntFunction<PayKey> others) {
    this.wallet = wallet;
    this.others = others;
  }

  /** The addresses of an account of BIP 44. */
  public static OwnKeys of(HdKey account) {
    return new OwnKeys(account.child(0).key(), number -> account.child(number).key());
  }

  /**
   * The addresses that begin with a key. The others are of an account whose seed is the key's
   * secret, so that a copy of the one key is a copy of them all.
   */
  public static OwnKeys of(PayKey wallet) {
    HdKey account = HdKey.account(wallet.secret(), 0);
    return new OwnKeys(wallet, number -> account.child(number).key());
  }

  /** The key of an address. */
  PayKey key(int number) {
    return number == 0 ? wallet : others.apply(number);
  }

  /** An address. */
  public PayAddress address(int number) {
    return key(number).address();
  }

  @Override
  public String toString() {
    return "keys of " + wallet.address();
  }
}
