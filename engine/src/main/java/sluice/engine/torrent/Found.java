package sluice.engine.torrent;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import sluice.engine.pick.Picker;
import sluice.engine.port.Fault;

/** Tells the picker which pieces are on disk. Loop only. */
record Found(Picker picker, DoubleConsumer end, Consumer<Fault> failed) implements Inventory.Owner {
  @Override
  public void onGood(int piece) {
    if (!picker.have().get(piece)) {
      picker.got(piece);
    }
  }

  @Override
  public void onEnd(double seconds) {
    end.accept(seconds);
  }

  @Override
  public void onFault(Fault fault) {
    failed.accept(fault);
  }
}
