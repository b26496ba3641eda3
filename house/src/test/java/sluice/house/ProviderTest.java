package sluice.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The JVM's security providers stay as the JDK has them: a foreign one slows hashing many times.
 */
final class ProviderTest {
  @Test
  void loadingTheProgramKeepsTheProviders() throws Exception {
    List<String> before = providers();
    for (JavaSource source : JavaSource.all()) {
      if (source.isMain() && !source.unit().getTypeDecls().isEmpty()) {
        load(source);
      }
    }
    assertThat(providers()).isEqualTo(before).allMatch(JDK::contains);
  }

  @Test
  void theJdkHashes() throws Exception {
    for (String algorithm : List.of("SHA-1", "SHA-256")) {
      assertThat(MessageDigest.getInstance(algorithm).getProvider().getName()).isEqualTo("SUN");
    }
  }

  private static final List<String> JDK =
      List.of(
          "SUN",
          "SunRsaSign",
          "SunEC",
          "SunJSSE",
          "SunJCE",
          "SunJGSS",
          "SunSASL",
          "XMLDSig",
          "SunPCSC",
          "JdkLDAP",
          "JdkSASL",
          "SunPKCS11",
          "SunMSCAPI",
          "Apple",
          "OracleUcrypto");

  private static List<String> providers() {
    return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
  }

  private static void load(JavaSource source) throws ClassNotFoundException {
    String name = source.path().getFileName().toString().replace(".java", "");
    if (name.endsWith("-info") || source.unit().getPackage() == null) {
      return;
    }
    Class.forName(source.unit().getPackage().getPackageName() + "." + name);
  }
}
