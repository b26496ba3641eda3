package sluice.engine.dht;

/** Datagrams and bytes of one node. Loop only. */
final class Traffic {
  private long sentDatagrams;
  private long sentBytes;
  private long receivedDatagrams;
  private long receivedBytes;
  private long droppedDatagrams;

  void sent(int bytes) {
    sentDatagrams++;
    sentBytes += bytes;
  }

  void received(int bytes) {
    receivedDatagrams++;
    receivedBytes += bytes;
  }

  void dropped() {
    droppedDatagrams++;
  }

  DhtStatus.Counts counts() {
    return new DhtStatus.Counts(
        sentDatagrams, sentBytes, receivedDatagrams, receivedBytes, droppedDatagrams);
  }
}
