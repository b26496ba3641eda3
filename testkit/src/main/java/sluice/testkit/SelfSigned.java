package sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

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
    return make(folder, "san=dns:localhost,ip:127.0.0.1");
  }

  /** Makes one for a host that this machine is not. */
  public static SelfSigned foreign(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, "san=dns:elsewhere.example");
  }

  private static SelfSigned make(Path folder, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path own = Files.createTempDirectory(folder, "keys");
    Path store = own.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
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
            "EC",
            "-groupname",
            "secp256r1",
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

  private static Path write(Path file, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }
}
