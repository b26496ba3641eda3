package sluice.transport.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A network of its own with one way out, a device whose packets {@link TunLink} carries. */
final class Side {
  private static final String DEVICE = "t0";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("side").factory()::newThread);
  private final int file;

  Side(String address) throws IOException {
    file =
        call(() -> {
          Kernel.newNetwork();
          int tunnel = Kernel.tunnel(DEVICE);
          ip("addr add " + address + "/24 dev " + DEVICE);
          ip("link set lo up");
          ip("link set " + DEVICE + " up");
          return tunnel;
        });
  }

  /** The device. */
  int file() {
    return file;
  }

  /** Runs {@code task} on a thread of this network; threads that it starts are there, too. */
  <T> T call(Callable<T> task) throws IOException {
    try {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ip(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ", -1)));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("ip " + arguments + " ended with " + code);
    }
  }
}
