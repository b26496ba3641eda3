package sluice.market.money;

/**
 * What is owed for the bytes of one award, at a price that may change: bytes are charged at the
 * price that was in force when they went. One thread.
 */
public final class Bill {
  private Price price;
  private long closedMicros;
  private long closedBytes;
  private long bytes;

  /** A bill over nothing yet. */
  public Bill(Price price) {
    this.price = price;
  }

  /** Another price for what comes. */
  public void price(Price next) {
    if (!next.equals(price)) {
      closedMicros = dueMicros();
      closedBytes += bytes;
      bytes = 0;
      price = next;
    }
  }

  /** The price in force. */
  public Price price() {
    return price;
  }

  /** Charges {@code more} bytes. */
  public void add(long more) {
    bytes = Math.addExact(bytes, more);
  }

  /** All bytes that were charged. */
  public long bytes() {
    return Math.addExact(closedBytes, bytes);
  }

  /** What is owed for all of them. */
  public long dueMicros() {
    return Math.addExact(closedMicros, price.due(bytes));
  }

  /** What would be owed after {@code more} bytes. */
  public long dueMicrosAfter(long more) {
    return Math.addExact(closedMicros, price.due(Math.addExact(bytes, more)));
  }
}
