package sluice.daemon.web;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the web server, read again when its files change: whoever renews it need not
 * end the daemon. One that cannot be read leaves the last in place. Any thread.
 */
final class ReloadedKeys extends X509ExtendedKeyManager {
  private static final Logger LOG = System.getLogger(ReloadedKeys.class.getName());
  private static final long LOOK_NANOS = 5_000_000_000L;

  private final PemFiles files;
  private final long lookNanos;
  private volatile KeyStore store;
  private long lookedNanos = System.nanoTime();
  private long changedMillis;

  ReloadedKeys(PemFiles files, long lookNanos) throws IOException {
    this.files = files;
    this.lookNanos = lookNanos;
    changedMillis = files.changedMillis();
    store = files.read();
  }

  /**
   * What a server needs that shows the certificate of {@code files}.
   *
   * @throws IOException if that cannot be read
   */
  static SSLContext context(PemFiles files) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ReloadedKeys(files, LOOK_NANOS)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private synchronized KeyStore store() {
    if (System.nanoTime() - lookedNanos >= lookNanos) {
      lookedNanos = System.nanoTime();
      try {
        long changed = files.changedMillis();
        if (changed != changedMillis) {
          store = files.read();
          changedMillis = changed;
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the certificate stays: {0}", e.getMessage());
      }
    }
    return store;
  }

  private @Nullable String alias(String... kinds) {
    String kind = privateKey(store()).map(Key::getAlgorithm).orElse("");
    return Stream.of(kinds).anyMatch(each -> fits(each, kind)) ? PemFiles.ALIAS : null;
  }

  private static boolean fits(String asked, String kind) {
    return asked.equals(kind) || asked.startsWith(kind + "_") || isEdwards(asked, kind);
  }

  private static boolean isEdwards(String asked, String kind) {
    return kind.equals("EdDSA") && asked.startsWith("Ed");
  }

  private static Optional<PrivateKey> privateKey(KeyStore store) {
    try {
      return store.getKey(PemFiles.ALIAS, new char[0]) instanceof PrivateKey key
          ? Optional.of(key)
          : Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String kind, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(kind);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(kind);
  }

  @Override
  public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
    return alias(kind) == null ? null : new String[] {PemFiles.ALIAS};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    try {
      Certificate[] chain = store.getCertificateChain(PemFiles.ALIAS);
      return Stream.of(chain).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return privateKey(store).orElse(null);
  }

  @Override
  public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
