package sluice.ledger.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** A hub whose clock is set wrong, or that was not there: payees keep time to redeem. */
class ClockJumpTest {
  private static final String ASSET = "test:coins";
  private static final PayAddress ANN = key(1).address();
  private static final PayAddress BOB = key(2).address();
  private static final PayAddress PAYER_KEY = key(3).address();
  private static final long DAY = 86_400;
  private static final long LIFE = 7 * DAY;
  private static final long START = 1_700_000_000L;
  private static final HubConfig CONFIG = HubConfig.of(1, key(99), Set.of(ASSET));

  private long wall = START;
  private long nanos = 77;
  private Database database;
  private Hub hub;
  private Hash channel;

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  private void start(Dialect dialect) {
    database = Database.open(TestDatabases.empty(dialect), dialect);
    begin();
    channel =
        hub.transact(desk -> {
          desk.register(ANN);
          desk.register(BOB);
          desk.payUnder(BOB, BOB);
          desk.deposit(ANN, ASSET, 1_000, "tx");
          desk.open(ANN, PAYER_KEY, BOB, ASSET, 600, LIFE);
          return desk.channelOf(PAYER_KEY);
        });
    hub.sweep();
  }

  private void begin() {
    hub = Hub.careful(database, CONFIG, () -> wall, () -> nanos);
  }

  @AfterEach
  void close() {
    assertThat(Audit.of(database).findings()).isEmpty();
    database.close();
  }

  private void pass(long seconds) {
    wall += seconds;
    nanos += seconds * 1_000_000_000L;
  }

  private Outcome<Long> redeem(long micros) {
    return hub.transact(desk -> desk.redeem(new Voucher(channel, micros)));
  }

  @ParameterizedTest
  @EnumSource
  void timeThatPassesEndsChannelsInTime(Dialect dialect) {
    start(dialect);
    pass(LIFE + DAY - 1);
    assertThat(hub.sweep()).isZero();
    assertThat(redeem(10)).isEqualTo(new Outcome.Done<>(10L));
    pass(1);
    assertThat(redeem(20)).isInstanceOf(Outcome.Refused.class);
    assertThat(hub.sweep()).isEqualTo(1);
    assertThat(hub.balance(ANN, ASSET)).isEqualTo(new Balance(990, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatJumpsEndsNothingAtOnce(Dialect dialect) {
    start(dialect);
    wall += 365 * DAY;
    assertThat(hub.sweep()).isZero();
    assertThat(redeem(10)).isEqualTo(new Outcome.Done<>(10L));
    pass((LIFE + DAY) / 2 - 1);
    assertThat(hub.sweep()).isZero();
    assertThat(redeem(20)).isEqualTo(new Outcome.Done<>(20L));
    pass(1);
    assertThat(hub.sweep()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatIsSetRightAgainIsBelieved(Dialect dialect) {
    start(dialect);
    wall += 365 * DAY;
    pass(DAY);
    assertThat(hub.sweep()).isZero();
    wall -= 365 * DAY;
    pass(LIFE - 1);
    assertThat(hub.sweep()).isZero();
    pass(1);
    assertThat(hub.sweep()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aHubThatWasNotThereLeavesTimeToRedeem(Dialect dialect) {
    start(dialect);
    pass(DAY);
    hub.sweep();
    wall += 30 * DAY; // the machine was off, or its clock is wrong at the start
    nanos = 5;
    begin();
    assertThat(hub.sweep()).isZero();
    assertThat(redeem(10)).isEqualTo(new Outcome.Done<>(10L));
    pass(LIFE / 2);
    assertThat(hub.sweep()).isEqualTo(1);
  }
}
