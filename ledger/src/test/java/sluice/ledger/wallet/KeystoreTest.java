package sluice.ledger.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.market.sign.PayKey;

class KeystoreTest {
  private static final PayKey KEY =
      PayKey.of(ByteBuffer.allocate(32).putInt(28, 0x1234567).array()).orElseThrow();

  @TempDir Path folder;

  private Path make(String password) throws Exception {
    Path file = folder.resolve("key.json");
    Keystore.create(file, KEY, password.toCharArray(), Sealed.MIN_COST);
    return file;
  }

  @Test
  void thePasswordOpensIt() throws Exception {
    Path file = make("pässwörd #1");
    Keystore keystore = Keystore.read(file);
    assertThat(keystore.address()).isEqualTo(KEY.address());
    assertThat(keystore.open("pässwörd #1".toCharArray()).secret()).isEqualTo(KEY.secret());
    assertThatThrownBy(() -> keystore.open("passwörd #1".toCharArray()))
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("does not open");
  }

  @Test
  void onlyItsOwnerMayReadItAndTheSecretIsNotInIt() throws Exception {
    Path file = make("x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains(KEY.address().hex()).doesNotContain("1234567");
    assertThat(Keystore.read(file).toString()).isEqualTo("keystore of " + KEY.address());
  }

  @Test
  void aKeyIsNeverOverwritten() throws Exception {
    Path file = make("x");
    String before = Files.readString(file);
    assertThatThrownBy(() -> make("y")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent(before);
  }

  @Test
  void theSameKeyAndPasswordLookDifferentEachTime() throws Exception {
    String one = Files.readString(make("x"));
    Files.delete(folder.resolve("key.json"));
    assertThat(Files.readString(make("x"))).isNotEqualTo(one);
    assertThat(Keystore.newKey().address()).isNotEqualTo(Keystore.newKey().address());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\" : 1', '\"version\" : 2', version",
    "scrypt, none, kdf",
    "aes-256-gcm, rot13, cipher",
    "16384, 16385, power of two",
    "16384, 2097152, power of two",
    "16384, -16384, power of two",
    "'\"salt\" : \"', '\"salt\" : \"00', salt",
    "'\"nonce\"', '\"once\"', nonce",
    "'{', '[', no keystore",
  })
  void whatIsNoKeystoreIsNotOpened(String good, String bad, String problem) throws Exception {
    Path file = make("x");
    Files.writeString(file, Files.readString(file).replace(good, bad));
    assertThatThrownBy(() -> Keystore.read(file))
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aChangedByteIsNoticed() throws Exception {
    Path file = make("x");
    String text = Files.readString(file);
    int at = text.indexOf("\"key\" : \"") + 9;
    char digit = text.charAt(at) == '0' ? '1' : '0';
    Files.writeString(file, text.substring(0, at) + digit + text.substring(at + 1));
    assertThatThrownBy(() -> Keystore.read(file).open("x".toCharArray()))
        .isInstanceOf(KeystoreException.class);
    String other = text.replace(KEY.address().hex(), "00".repeat(20));
    Files.writeString(file, other);
    assertThatThrownBy(() -> Keystore.read(file).open("x".toCharArray()))
        .as("another address")
        .isInstanceOf(KeystoreException.class);
    Files.writeString(file, " ".repeat(5_000));
    assertThatThrownBy(() -> Keystore.read(file)).hasMessageContaining("too long");
  }
}
