package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.HubTerms;
import sluice.protocol.digest.Hash;

/**
 * A hub, and all that payer and payee keep on disk: it outlives their processes. Prices are such
 * that a byte costs a micro-unit, so that money can be compared with bytes.
 */
final class SimBank {
  static final Price PRICE = new Price(1 << 20);
  static final PayKey HUB = key(0x33);
  static final PayAddress ALIAS = key(0x22).address();
  private static final long LIFE_SECONDS = 604_800;
  private static final long GRACE_SECONDS = 86_400;

  final HubTerms terms = new HubTerms(Domain.of(1, HUB.identity()), HUB.address(), "test:coin");
  private final long start;
  private final Map<Hash, Channel> channels = new LinkedHashMap<>();
  private long payerMicros;
  private long payeeMicros;

  /** A channel as its payer, its payee and the hub have it. */
  static final class Channel {
    final PayKey key;
    ChannelCert cert;
    long promised;
    long taken;
    private PaySignature signature;
    private long paid;
    private boolean closed;

    private Channel(PayKey key, ChannelCert cert) {
      this.key = key;
      this.cert = cert;
      signature = HUB.sign(cert.channel());
    }
  }

  SimBank(long payerMicros, long start) {
    this.payerMicros = payerMicros;
    this.start = start;
  }

  static PayKey key(int secret) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, secret).array()).orElseThrow();
  }

  Map<Hash, Channel> channels() {
    return channels;
  }

  Channel open(PayAddress payee, long micros) {
    PayKey key = key(1_000 + channels.size());
    ChannelCert cert =
        new ChannelCert(
            terms.domain().channelOf(key.address()),
            key.address(),
            payee,
            terms.assetHash(),
            micros,
            start,
            start + LIFE_SECONDS,
            GRACE_SECONDS);
    take(micros);
    Channel channel = new Channel(key, cert);
    channels.put(cert.channel(), channel);
    return channel;
  }

  void topUp(Channel channel, long more) {
    take(more);
    ChannelCert old = channel.cert;
    channel.cert =
        new ChannelCert(
            old.channel(),
            old.payerKey(),
            old.payee(),
            old.asset(),
            old.deposit() + more,
            old.openedAt(),
            old.expiresAt(),
            old.graceSeconds());
  }

  private void take(long micros) {
    assertThat(micros).isPositive().isLessThanOrEqualTo(payerMicros);
    payerMicros -= micros;
  }

  PaySignature certify(ChannelCert cert) {
    return HUB.sign(cert.digest(terms.domain()));
  }

  /** The payee keeps a voucher, whose signature was looked at. */
  void keep(Voucher voucher, PaySignature signature) {
    Channel channel = channels.get(voucher.channel());
    if (voucher.cumulative() > channel.taken) {
      channel.taken = voucher.cumulative();
      channel.signature = signature;
    }
  }

  /** The payee redeems what it has kept. */
  void redeem(Channel channel) {
    if (channel.taken > channel.paid) {
      Hash digest = new Voucher(channel.cert.channel(), channel.taken).digest(terms.domain());
      assertThat(channel.signature.isBy(channel.key.address(), digest)).isTrue();
      assertThat(channel.taken).isLessThanOrEqualTo(channel.cert.deposit());
      payeeMicros += channel.taken - channel.paid;
      channel.paid = channel.taken;
    }
  }

  /** The end of all: vouchers are redeemed and rests given back; what the payee has. */
  long settle() {
    long before = payerMicros + payeeMicros;
    for (Channel channel : channels.values()) {
      before += channel.closed ? 0 : channel.cert.deposit() - channel.paid;
      redeem(channel);
      payerMicros += channel.closed ? 0 : channel.cert.deposit() - channel.paid;
      channel.closed = true;
    }
    assertThat(payerMicros + payeeMicros).as("the books balance").isEqualTo(before);
    return payeeMicros;
  }

  /** What the payer has promised in all. */
  long promised() {
    return channels.values().stream().mapToLong(c -> c.promised).sum();
  }

  /** What the payee could have of the hub. */
  long taken() {
    return channels.values().stream().mapToLong(c -> c.taken).sum();
  }
}
