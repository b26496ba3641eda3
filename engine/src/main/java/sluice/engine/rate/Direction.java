package sluice.engine.rate;

/** Which way bytes go. */
enum Direction {
  DOWN,
  UP
}
