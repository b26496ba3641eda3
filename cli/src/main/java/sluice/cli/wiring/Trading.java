package sluice.cli.wiring;

import java.util.List;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.Loop;

/** What a session does in the bandwidth market; nothing where nobody asked for it. */
public interface Trading {
  /** No part in it. */
  Trading NONE =
      new Trading() {
        @Override
        public List<PeerExtension> extensions(Loop loop) {
          return List.of();
        }

        @Override
        public void leave() {
          // Nothing is owed.
        }

        @Override
        public void end() {
          // Nothing is to be redeemed.
        }
      };

  /** What is spoken to peers of a session on {@code loop}. */
  List<PeerExtension> extensions(Loop loop);

  /** The session is about to end: what is owed is paid. May take a while. */
  void leave();

  /** The session has ended: what was earned is redeemed, and the sums are told. */
  void end();
}
