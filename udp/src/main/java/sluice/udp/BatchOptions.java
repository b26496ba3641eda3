package sluice.udp;

/**
 * How a {@link BatchSocket} is set up.
 *
 * @param sharesPort whether several sockets of this process may have the same address; the kernel
 *     then spreads senders over them
 * @param receiveBufferBytes what the kernel is asked to hold until it is received; it may grant
 *     less
 * @param sendBufferBytes the same for what is sent
 * @param waitMillis the longest that one receive waits; 0 takes what is there
 */
public record BatchOptions(
    boolean sharesPort, int receiveBufferBytes, int sendBufferBytes, int waitMillis) {

  /** For a server: 8 MiB each way, as with the usual 208 KiB bursts are lost. */
  public static final BatchOptions SERVER = new BatchOptions(true, 8 << 20, 8 << 20, 100);

  public BatchOptions {
    if (receiveBufferBytes < 1 || sendBufferBytes < 1 || waitMillis < 0) {
      throw new IllegalArgumentException("sizes are at least 1, times at least 0");
    }
  }
}
