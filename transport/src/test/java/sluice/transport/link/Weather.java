package sluice.transport.link;

/**
 * What a link does to packets in one direction.
 *
 * @param bitsPerSecond its rate
 * @param queueMillis what waits longer is dropped
 * @param delayMillis from one end to the other
 * @param loss probability that a packet is lost
 * @param late probability that a packet comes up to 8 ms later than it should
 * @param twice probability that a packet comes twice
 * @param mostBytes larger packets are cut or, where that is forbidden, vanish
 * @param up whether anything passes
 */
record Weather(
    long bitsPerSecond,
    int queueMillis,
    double delayMillis,
    double loss,
    double late,
    double twice,
    int mostBytes,
    boolean up) {

  /** Nothing but a rate, a queue of 400 ms and a way of 20 ms. */
  static Weather fair(long bitsPerSecond) {
    return new Weather(bitsPerSecond, 400, 20, 0, 0, 0, 1_500, true);
  }

  Weather delay(double millis) {
    return new Weather(bitsPerSecond, queueMillis, millis, loss, late, twice, mostBytes, up);
  }

  Weather loss(double part) {
    return new Weather(bitsPerSecond, queueMillis, delayMillis, part, late, twice, mostBytes, up);
  }

  Weather disorder(double lateOnes, double doubles) {
    return new Weather(
        bitsPerSecond, queueMillis, delayMillis, loss, lateOnes, doubles, mostBytes, up);
  }

  Weather most(int bytes) {
    return new Weather(bitsPerSecond, queueMillis, delayMillis, loss, late, twice, bytes, up);
  }

  Weather up(boolean is) {
    return new Weather(bitsPerSecond, queueMillis, delayMillis, loss, late, twice, mostBytes, is);
  }
}
