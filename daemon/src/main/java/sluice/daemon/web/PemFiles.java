package sluice.daemon.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its key in two files.
 *
 * @param certificate in PEM, its issuers after it
 * @param key in PEM (PKCS #8)
 */
public record PemFiles(Path certificate, Path key) {
  static final String ALIAS = "web";

  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");
  private static final byte[] SIGNED = {1, 2, 3};
  private static final char[] NO_PASSWORD = {};

  /** When one of them was changed the last time. */
  long changedMillis() throws IOException {
    return Math.max(
        Files.getLastModifiedTime(certificate).toMillis(),
        Files.getLastModifiedTime(key).toMillis());
  }

  /**
   * Both, as they are.
   *
   * @throws IOException if they cannot be read, or do not belong together
   */
  KeyStore read() throws IOException {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(certificate)));
      if (chain.isEmpty()) {
        throw new IOException(certificate + " has no certificate in PEM");
      }
      PrivateKey secret = secret();
      requirePair(chain.iterator().next(), secret);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(ALIAS, secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " or " + key + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private PrivateKey secret() throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(new String(bytes(key), StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IOException(
          key + " has no PRIVATE KEY in PEM; 'openssl pkey -in OLD -out NEW' makes one");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
    for (String kind : KINDS) {
      Optional<PrivateKey> found = of(kind, new PKCS8EncodedKeySpec(der));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IOException(key + " is neither of RSA nor of an elliptic curve");
  }

  /** The key, if it is of this kind. */
  private static Optional<PrivateKey> of(String kind, PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }

  private void requirePair(Certificate first, PrivateKey secret)
      throws IOException, GeneralSecurityException {
    String kind = secret.getAlgorithm();
    String algorithm =
        switch (kind) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(secret);
    signer.update(SIGNED);
    byte[] signed = signer.sign();
    try {
      signer.initVerify(first);
      signer.update(SIGNED);
      if (signer.verify(signed)) {
        return;
      }
    } catch (InvalidKeyException | SignatureException e) {
      throw new IOException(key + " is not the key of " + certificate, e);
    }
    throw new IOException(key + " is not the key of " + certificate);
  }
}
