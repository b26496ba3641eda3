package sluice.daemon.web;

import java.io.IOException;
import java.security.cert.X509Certificate;

/** The certificate that a server shows, read again at each look. */
public final class KeyReading {
  private final ReloadedKeys keys;

  public KeyReading(PemFiles files) throws IOException {
    keys = new ReloadedKeys(files, 0);
  }

  /** What is shown to those who know keys of {@code kind}. */
  public X509Certificate shown(String kind) {
    String alias = keys.chooseEngineServerAlias(kind, null, null);
    if (alias == null) {
      throw new AssertionError("no key of " + kind);
    }
    return keys.getCertificateChain(alias)[0];
  }

  /** What is in the file. */
  public static X509Certificate certificate(PemFiles files) throws Exception {
    return (X509Certificate) files.read().getCertificate(PemFiles.ALIAS);
  }
}
