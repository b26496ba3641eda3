package sluice.cli.command;

import java.lang.reflect.Proxy;

/** The signal SIGHUP, which asks a server to read its configuration again. */
final class HangUp {
  private HangUp() {}

  /** Runs {@code task} at each SIGHUP; gives whether that is possible here. */
  static boolean onSignal(Runnable task) {
    // By reflection, as the compiler does not accept a direct use of this class of the JDK.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  task.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
