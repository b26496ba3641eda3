package sluice.tracker.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sluice.tracker.service.Clock;
import sluice.tracker.service.TrackerCore;
import sluice.udp.Descriptors;

/** Loops that answer HTTP on any number of addresses. */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 4_096;

  /** No request that is answered has a body. */
  private static final int MAX_BODY = 4_096;

  private static final int READ_BYTES = 2_048;

  /** Pages that wait to be made; who asks for more is told so. */
  private static final int MAX_PAGES = 64;

  private final TrackerCore core;
  private final Clock clock;
  private final HttpOptions options;
  private final Proxies proxies;
  private final Pages pages;
  private final Talks talks;
  private volatile @Nullable SslContext tls;
  private final EventLoopGroup loops;
  private final ExecutorService readers;
  private final Map<EventLoop, Place> places = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** Connections that ask for something else than announces and scrapes. */
  private final AtomicInteger others = new AtomicInteger();

  private final List<Door> doors = new ArrayList<>();
  private final List<Hall> halls = new ArrayList<>();
  private final List<Channel> listening = new ArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /** A server that does not listen yet. */
  public HttpServer(TrackerCore core, Clock clock, HttpOptions options, Pages pages, Talks talks) {
    this.talks = talks;
    this.core = core;
    this.clock = clock;
    this.options = options;
    this.proxies = new Proxies(options);
    this.pages = pages;
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.readers =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_PAGES),
            threads("tracker-pages"));
    this.loops = new MultiThreadIoEventLoopGroup(options.threads(), threads("tracker-http"), io);
  }

  /** Netty's own threads find its caches without a map. */
  private ThreadFactory threads(String name) {
    ThreadFactory factory = new DefaultThreadFactory(name, true);
    return task -> {
      Thread thread = factory.newThread(task);
      threads.add(thread);
      return thread;
    };
  }

  /** What the connections of one loop share. */
  private record Place(Desk desk, IdleList<AnnounceHandler> idle) {}

  /** Listens on one more address; gives it with its port. */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    if (!Epoll.isAvailable() || !Descriptors.isNative()) {
      return listen(address, false);
    }
    while (halls.size() < options.threads()) {
      halls.add(Hall.open(makeDesk(), clock, options, this::take));
    }
    List<Door.Place> there = halls.stream().map(h -> new Door.Place(makeDesk(), h)).toList();
    Door door = Door.open(address, there, core.counters().http(), this::take);
    doors.add(door);
    return door.localAddress();
  }

  /** A connection comes from a door or a hall to one of the loops. */
  private void take(int descriptor, ByteBuf unread, ByteBuf unsent, boolean last) {
    EpollSocketChannel channel = new EpollSocketChannel(descriptor);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
    // What was read already comes first.
    channel.config().setAutoRead(false);
    channel
        .pipeline()
        .addLast(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel made) {
                accept(made, false);
              }
            });
    var _ =
        loops
            .register(channel)
            .addListener(
                _ -> channel.eventLoop().execute(() -> begin(channel, unread, unsent, last)));
  }

  private static void begin(Channel channel, ByteBuf unread, ByteBuf unsent, boolean last) {
    ChannelFuture sent = channel.writeAndFlush(unsent);
    if (last) {
      var _ = sent.addListener(ChannelFutureListener.CLOSE);
    }
    channel.pipeline().fireChannelRead(unread).fireChannelReadComplete();
    channel.config().setAutoRead(true);
  }

  /** The same within TLS. */
  public InetSocketAddress listenTls(InetSocketAddress address) throws IOException {
    return listen(address, true);
  }

  /** Certificate and key in PEM, for {@link #listenTls}. */
  public void useTls(Path certificate, Path key) throws IOException {
    try {
      tls = SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot use " + certificate + " with " + key, e);
    }
  }

  private InetSocketAddress listen(InetSocketAddress address, boolean secure) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    core.counters().http().connects().increment();
                    accept(channel, secure);
                  }
                });
    try {
      ChannelFuture bound = bootstrap.bind(address).await();
      if (!bound.isSuccess()) {
        throw new IOException("cannot listen on " + address, bound.cause());
      }
      Channel channel = bound.channel();
      listening.add(channel);
      return (InetSocketAddress) channel.localAddress();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + address, e);
    }
  }

  private void accept(SocketChannel channel, boolean secure) {
    SslContext context = tls;
    if (secure && context != null) {
      channel.pipeline().addLast(context.newHandler(channel.alloc()));
    }
    Place place = places.computeIfAbsent(channel.eventLoop(), this::makePlace);
    channel.pipeline().addLast(new AnnounceHandler(place.desk, place.idle, this::addOthers));
  }

  private Place makePlace(EventLoop loop) {
    int most = Math.max(1, options.maxConnections() / options.threads());
    IdleList<AnnounceHandler> idle =
        new IdleList<>(clock, options.idleSeconds(), most, AnnounceHandler::close);
    var _ = loop.scheduleAtFixedRate(idle::expire, 1, 1, TimeUnit.SECONDS);
    return new Place(makeDesk(), idle);
  }

  private Desk makeDesk() {
    HttpResponder responder;
    synchronized (random) {
      responder = new HttpResponder(core, clock, random.nextLong());
    }
    return new Desk(options, responder, core.counters().http());
  }

  private void addOthers(ChannelHandlerContext ctx) {
    if (others.incrementAndGet() > options.maxConnections()) {
      var _ = ctx.close();
    }
    var _ = ctx.channel().closeFuture().addListener(_ -> others.decrementAndGet());
    // Behind the aggregator only whole requests count, not each byte of one that never ends.
    ctx.pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(MAX_BODY, true))
        .addLast(new ReadTimeoutHandler(options.idleSeconds()))
        .addLast(new PageHandler(pages, talks, proxies, readers));
  }

  @Override
  public void close() {
    doors.forEach(Door::close);
    halls.forEach(Hall::close);
    listening.forEach(channel -> channel.close().syncUninterruptibly());
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    readers.close();
    // Both tell the end a moment before the threads are gone.
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
