package sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for a name, signed by itself and made for a test, with its key.
 *
 * @param certificate PEM file
 * @param key PEM file
 */
public record SelfSigned(Path certificate, Path key) {
  private static final String PASSWORD = "for the test";

  /** Makes one for this machine as {@code localhost} and 127.0.0.1, in files of a folder. */
  public static SelfSigned local(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return local(folder, "EC");
  }

  /** Makes one for this machine with a key of this kind, EC or RSA. */
  public static SelfSigned local(Path folder, String kind)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, kind, "san=dns:localhost,ip:127.0.0.1");
  }

  /** Makes one for a host that this machine is not. */
  public static SelfSigned foreign(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, "EC", "san=dns:elsewhere.example");
  }

  private static SelfSigned make(Path folder, String kind, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path own = Files.createTempDirectory(folder, "keys");
    Path store = own.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            // It is over before better code of it would be of use.
            "-J-XX:TieredStopAtLevel=1",
            "-J-XX:+UseSerialGC",
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "t",
            "-keyalg",
            kind,
            "-dname",
            "CN=test",
            "-ext",
            names);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey("t", PASSWORD.toCharArray()).getEncoded();
    return new SelfSigned(
        write(own.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("t").getEncoded()),
        write(own.resolve("key.pem"), "PRIVATE KEY", key));
  }

  /** The certificate itself. */
  public X509Certificate read() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** For clients that trust this certificate and no other. */
  public SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("t", read());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static Path write(Path file, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }
}
