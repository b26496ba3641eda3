package sluice.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/**
 * Throughput of pipes between two processes. Start {@code seed PORT GIB STREAMS}, then {@code leech
 * PORT GIB STREAMS}; settings are system properties. Each prints its speed and CPU seconds per GiB,
 * the JVM's start and compilation included.
 */
final class PipeBench {
  private static final int HEADER_BYTES = 13;
  private static final long FRAME_BYTES = HEADER_BYTES + CountedPool.BLOCK_BYTES;
  private static final int HIGH_BYTES = Integer.getInteger("high", 1024 * 1024);

  private PipeBench() {}

  public static void main(String[] args) throws InterruptedException {
    Endpoint address = new Endpoint(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(args[1]));
    int streams = Integer.parseInt(args[3]);
    long total = Long.parseLong(args[2]) << 30;
    long framesEach = total / CountedPool.BLOCK_BYTES / streams;
    CountDownLatch open = new CountDownLatch(streams);
    try (Transport transport = Transport.open(config())) {
      Net net = transport.net();
      boolean seed = args[0].equals("seed");
      long start = System.nanoTime();
      transport
          .loop()
          .execute(() -> {
            if (seed) {
              net.listen(address, new Seed(framesEach, open));
            } else {
              for (int i = 0; i < streams; i++) {
                net.connect(address, 5_000_000_000L, new Leech(framesEach * FRAME_BYTES, open));
              }
            }
          });
      open.await();
      report(args[0], total / (double) (1 << 30), (System.nanoTime() - start) / 1e9);
    }
  }

  private static TransportConfig config() {
    return new TransportConfig(
        List.of(),
        "bench",
        !Boolean.getBoolean("nio"),
        Integer.getInteger("read", TransportConfig.defaults().readBytes()),
        Integer.getInteger("reads", TransportConfig.defaults().readsPerTurn()),
        Integer.getInteger("low", TransportConfig.defaults().lowWatermarkBytes()),
        Routes.DIRECT,
        Binding.NONE);
  }

  private static void report(String role, double gib, double seconds) {
    double cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%-5s %6.0f MB/s  %.2f CPU s/GiB%n",
        role,
        gib * 1073.741824 / seconds,
        cpu / gib);
  }

  /** Serves frames of a header and a block. */
  private record Seed(long frames, CountDownLatch open) implements Net.ListenHandler {
    @Override
    public void onListening(Endpoint local, Net.Handle listener) {}

    @Override
    public void onAccept(Pipe pipe) {
      Uploader uploader = new Uploader(pipe, frames, open);
      pipe.handler(uploader);
      uploader.onDrained();
    }

    @Override
    public void onFault(Fault fault) {
      throw new IllegalStateException(fault.toString());
    }
  }

  /** Keeps one stream full. */
  private static final class Uploader implements Pipe.Handler {
    private static final int BLOCKS = 1024;
    private static final CountedPool POOL = new CountedPool();
    private static final List<CountedPool.Counted> CACHE =
        java.util.stream.Stream.generate(POOL::take).limit(BLOCKS).toList();

    private final Pipe pipe;
    private final CountDownLatch open;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private long frames;

    Uploader(Pipe pipe, long frames, CountDownLatch open) {
      this.pipe = pipe;
      this.frames = frames;
      this.open = open;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {}

    @Override
    public void onDrained() {
      while (frames > 0 && pipe.pending() < HIGH_BYTES) {
        frames--;
        header.clear();
        pipe.write(header);
        CountedPool.Counted block = CACHE.get((int) (frames % BLOCKS));
        block.retain();
        pipe.write(block, 0, CountedPool.BLOCK_BYTES);
      }
      pipe.flush();
    }

    @Override
    public void onClosed(Fault fault) {
      open.countDown();
    }
  }

  /** Takes a number of bytes, copying them into blocks. */
  private static final class Leech implements Net.ConnectHandler, Pipe.Handler {
    private final ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    private final CountDownLatch open;
    private long wanted;
    private Pipe pipe;

    Leech(long wanted, CountDownLatch open) {
      this.wanted = wanted;
      this.open = open;
    }

    @Override
    public void onConnected(Pipe connected) {
      pipe = connected;
      pipe.handler(this);
    }

    @Override
    public void onFault(Fault fault) {
      throw new IllegalStateException(fault.toString());
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      wanted -= bytes.remaining();
      if (block.remaining() < bytes.remaining()) {
        block.clear();
      }
      block.put(bytes);
      if (wanted == 0) {
        pipe.close();
      }
    }

    @Override
    public void onDrained() {}

    @Override
    public void onClosed(Fault fault) {
      open.countDown();
    }
  }
}
