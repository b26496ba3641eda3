package sluice.daemon.country;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountriesTest {
  @ParameterizedTest
  @CsvSource({
    "193.0.6.139, NL",
    "130.149.4.20, DE",
    "133.11.0.1, JP",
    "2001:638::1, DE",
    "127.0.0.1, ''",
    "10.0.0.1, ''",
    "0.0.0.0, ''",
    "255.255.255.255, ''",
    "::1, ''",
    "ffff:ffff::1, ''"
  })
  void whereAddressesAreIsKnown(String address, String country) {
    assertThat(Countries.of(InetAddress.ofLiteral(address))).isEqualTo(country);
  }

  @Test
  void everyAddressHasTwoLettersOrNone() throws Exception {
    Random random = new Random(4);
    int known = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] address = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(address);
      String country = Countries.of(InetAddress.getByAddress(address));
      if (!country.isEmpty()) {
        known++;
        assertThat(country).as("round %d of seed 4", i).matches("[A-Z]{2}");
      }
    }
    assertThat(known).as("most of IPv4 is used").isGreaterThan(5_000);
  }
}
