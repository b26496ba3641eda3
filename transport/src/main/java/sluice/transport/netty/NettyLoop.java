package sluice.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;

/**
 * A {@link Loop} on one Netty event loop thread, a daemon. Tasks that come after {@link #close} are
 * dropped.
 */
public final class NettyLoop implements Loop {
  private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

  /** Netty's own threads find its caches without a map. */
  private static final DefaultThreadFactory THREADS = new DefaultThreadFactory("sluice-loop", true);

  private final EventLoop events;
  private final Sockets sockets;
  private final Device device;
  private final LinkedHashSet<Channel> channels = new LinkedHashSet<>();

  /** Null until the first task. */
  private volatile @Nullable Thread thread;

  private NettyLoop(IoHandlerFactory io, Sockets sockets, Device device) {
    this.device = device;
    this.events = new SingleThreadIoEventLoop(null, this::newThread, io);
    this.sockets = sockets;
  }

  private Thread newThread(Runnable task) {
    Thread made = THREADS.newThread(task);
    thread = made;
    return made;
  }

  /** Starts a loop: on epoll if that is wanted and there, otherwise on a selector. */
  public static NettyLoop start(boolean nativeLoop) {
    return start(nativeLoop, Device.any());
  }

  /** The same, with sockets of {@code device}. */
  public static NettyLoop start(boolean nativeLoop, Device device) {
    return nativeLoop && Epoll.isAvailable()
        ? new NettyLoop(EpollIoHandler.newFactory(), Sockets.EPOLL, device)
        : new NettyLoop(NioIoHandler.newFactory(), Sockets.NIO, device);
  }

  /** Netty's view of this loop. */
  EventLoop events() {
    return events;
  }

  /** Puts {@code channel} on this loop, which closes it at its own end if it is still open. */
  ChannelFuture register(Channel channel) {
    channels.add(channel);
    var _ = channel.closeFuture().addListener(_ -> channels.remove(channel));
    return events.register(channel);
  }

  /** The interface by which everything leaves. */
  Device device() {
    return device;
  }

  /** A stream to {@code remote}, not connected. */
  SocketChannel stream(InetAddress remote) throws IOException {
    return device.prepare(sockets.stream(remote));
  }

  /** A listener for {@code local}, not bound. */
  ServerSocketChannel listener(InetAddress local) throws IOException {
    return device.prepare(sockets.listener(local));
  }

  /** A datagram socket for {@code local}, not bound. */
  DatagramChannel datagrams(InetAddress local) throws IOException {
    return device.prepare(sockets.datagrams(local));
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    Future<?> future = events.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void execute(Runnable task) {
    try {
      events.execute(task);
    } catch (RejectedExecutionException closed) {
      if (!events.isShuttingDown()) {
        throw closed;
      }
    }
  }

  @Override
  public boolean isCurrent() {
    return events.inEventLoop();
  }

  /**
   * Closes every channel of this loop, whose handlers are told, and ends the thread; waits for that
   * unless called on the loop.
   */
  public void close() {
    execute(() -> List.copyOf(channels).forEach(Sockets::close));
    Future<?> ended = events.shutdownGracefully(0, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    if (!isCurrent()) {
      ended.awaitUninterruptibly(2 * CLOSE_TIMEOUT_MILLIS);
      join();
    }
  }

  /** Netty tells the end a moment before the thread is gone. */
  private void join() {
    Thread ending = thread;
    if (ending == null) {
      return;
    }
    try {
      ending.join(CLOSE_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
