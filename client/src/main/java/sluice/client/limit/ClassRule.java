package sluice.client.limit;

import java.util.Optional;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.protocol.text.Quantity;

/**
 * What is said about a class of bandwidth; what is not said is as it was.
 *
 * @param weight among classes that want more
 * @param down most bytes per second that are received
 * @param up most bytes per second that are sent
 * @param downMinimum bytes per second that it gets before others
 * @param upMinimum the same of what is sent
 */
record ClassRule(
    Optional<Long> weight,
    Optional<Long> down,
    Optional<Long> up,
    Optional<Long> downMinimum,
    Optional<Long> upMinimum) {

  /** Takes the settings {@code prefix}weight and so on out of {@code words}. */
  static ClassRule of(Words words, String prefix) {
    return new ClassRule(
        words.take(prefix + "weight", Words::number),
        words.take(prefix + "down", Quantity::rate),
        words.take(prefix + "up", Quantity::rate),
        words.take(prefix + "down-min", Quantity::rate),
        words.take(prefix + "up-min", Quantity::rate));
  }

  ClassSpec on(ClassSpec usual) {
    return new ClassSpec(
        usual.name(),
        usual.exempt(),
        limits(usual.down(), down, downMinimum),
        limits(usual.up(), up, upMinimum));
  }

  private ClassLimits limits(ClassLimits usual, Optional<Long> ceiling, Optional<Long> minimum) {
    return new ClassLimits(
        weight.map(Long::intValue).orElse(usual.weight()),
        ceiling.orElse(usual.ceiling()),
        minimum.orElse(usual.minimum()));
  }
}
