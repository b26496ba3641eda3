package sluice.engine.dht;

import java.util.List;
import sluice.protocol.krpc.NodeInfo;

/**
 * One node of ours.
 *
 * @param own its id and where it is bound
 * @param contacts nodes in its table, the good ones
 * @param counts since its start
 */
public record DhtStatus(NodeInfo own, List<NodeInfo> contacts, Counts counts) {
  public DhtStatus {
    contacts = List.copyOf(contacts);
  }

  /** Datagrams and bytes; dropped are those that were not looked at or not understood. */
  public record Counts(
      long sentDatagrams,
      long sentBytes,
      long receivedDatagrams,
      long receivedBytes,
      long droppedDatagrams) {}
}
