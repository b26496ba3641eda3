package sluice.interop;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Magnets that name nobody: peers find each other by the DHT alone (BEP 5). */
@Order(1)
final class DhtIT {
  @TempDir Path work;

  @ParameterizedTest
  @EnumSource
  void weFind(Program from) throws SocketException {
    try (Scene scene = Scene.ofDht(work, Shape.SINGLE_V1, host(from))) {
      Path target = scene.folder("target");
      scene.seed(from);
      Peer sluice = scene.getByMagnet(Program.SLUICE, target);
      sluice.awaitComplete();
      scene.assertSame(target, Program.SLUICE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SLUICE", mode = Mode.EXCLUDE)
  void othersFind(Program to) throws SocketException {
    try (Scene scene = Scene.ofDht(work, Shape.SINGLE_V1, host(to))) {
      Path target = scene.folder("target");
      scene.seed(Program.SLUICE);
      Peer leecher = scene.getByMagnet(to, target);
      leecher.awaitComplete();
      leecher.close();
      scene.assertSame(target, to);
    }
  }

  /** The DHT of transmission does not talk to 127.0.0.0/8; another address of this machine does. */
  private static String host(Program program) throws SocketException {
    if (program != Program.TRANSMISSION) {
      return Job.LOOPBACK;
    }
    Optional<InetAddress> other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
            .findFirst();
    Program.need("a local address beside loopback", other.isPresent());
    return other.orElseThrow().getHostAddress();
  }
}
