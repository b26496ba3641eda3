package sluice.sim.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/** Collects what comes through the network, and what became of the attempts. */
final class Receiver implements Pipe.Handler, Net.ListenHandler, Net.ConnectHandler {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<String> events = new ArrayList<>();
  Pipe pipe;
  Net.Handle listener;
  boolean inside;

  byte[] received() {
    return bytes.toByteArray();
  }

  @Override
  public void onListening(Endpoint local, Net.Handle handle) {
    listener = handle;
    events.add("listening " + local.port());
  }

  @Override
  public void onAccept(Pipe accepted) {
    take("accepted", accepted);
  }

  @Override
  public void onConnected(Pipe connected) {
    take("connected", connected);
  }

  private void take(String what, Pipe opened) {
    events.add(what);
    pipe = opened;
    pipe.handler(this);
  }

  @Override
  public void onFault(Fault fault) {
    events.add(fault.kind().toString());
  }

  @Override
  public void onBytes(ByteBuffer buffer) {
    if (inside) {
      events.add("re-entered");
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    bytes.writeBytes(copy);
  }

  @Override
  public void onDrained() {
    events.add("drained");
  }

  @Override
  public void onClosed(Fault fault) {
    events.add("closed: " + fault.detail());
  }
}
