package sluice.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The network interface by which everything leaves, if one is set. Linux binds a socket to it, in
 * whatever state the interface and the routes are: there is no packet elsewhere. Where a socket
 * cannot be bound, it is not used. Any thread.
 */
public final class Device {
  /** Longest name of an interface. */
  private static final int MAX_NAME_BYTES = 15;

  private static final int DSCP_SHIFT = 2;

  /** {@code SOL_SOCKET} and {@code SO_BINDTODEVICE} of Linux. */
  private static final ChannelOption<ByteBuffer> BIND_TO_DEVICE =
      new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, MAX_NAME_BYTES + 1);

  private final Optional<String> name;
  private final boolean required;
  private final OptionalInt dscp;

  private Device(Optional<String> name, boolean required, OptionalInt dscp) {
    this.name = name;
    this.required = required;
    this.dscp = dscp;
  }

  /** Whatever the routes say. */
  public static Device any() {
    return new Device(Optional.empty(), false, OptionalInt.empty());
  }

  /** The interface called {@code name}, and none if that is impossible. */
  public static Device named(String name) {
    return new Device(Optional.of(name), true, OptionalInt.empty());
  }

  /** The interface called {@code name} where the system lets sockets be bound to it. */
  public static Device preferred(String name) {
    return new Device(Optional.of(name), false, OptionalInt.empty());
  }

  /** The same, with this mark on all packets (RFC 2474), if there is one. */
  public Device marked(OptionalInt mark) {
    return new Device(name, required, mark);
  }

  /** Whether there is an interface. */
  public boolean isSet() {
    return name.isPresent();
  }

  /** The number by which the system knows the interface; 0 while there is none. */
  int number() {
    try {
      NetworkInterface there = name.isPresent() ? NetworkInterface.getByName(name.get()) : null;
      return there == null ? 0 : there.getIndex();
    } catch (SocketException e) {
      return 0;
    }
  }

  /** Whether there is to be an interface that is not there. May take a moment. */
  public boolean isMissing() {
    return isSet() && number() == 0;
  }

  /** Whether anything may leave by the interface called {@code other}. */
  boolean covers(String other) {
    return name.map(other::equals).orElse(true);
  }

  /** Prepares {@code made} before anything is sent. */
  <C extends Channel> C prepare(C made) throws IOException {
    try {
      if (dscp.isPresent()) {
        made.config().setOption(ChannelOption.IP_TOS, dscp.getAsInt() << DSCP_SHIFT);
      }
      if (name.isPresent()) {
        bind(made, name.get());
      }
      return made;
    } catch (ChannelException | IOException e) {
      made.unsafe().closeForcibly();
      throw new IOException("the interface " + name.orElse("") + " cannot be used", e);
    }
  }

  private void bind(Channel made, String device) throws IOException {
    byte[] bytes = device.getBytes(StandardCharsets.US_ASCII);
    if (!(made instanceof UnixChannel) || bytes.length > MAX_NAME_BYTES) {
      if (required) {
        throw new IOException("no way to bind sockets to it");
      }
      return;
    }
    ByteBuffer value = ByteBuffer.allocateDirect(MAX_NAME_BYTES + 1).put(bytes).clear();
    try {
      made.config().setOption(BIND_TO_DEVICE, value);
    } catch (ChannelException e) {
      // Old systems want a privilege for it; that the interface is gone is no reason to go
      // elsewhere.
      if (required || !String.valueOf(e.getCause()).contains("not permitted")) {
        throw e;
      }
    }
  }
}
