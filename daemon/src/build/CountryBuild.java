import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the table of countries from the npm package {@code @ip-location-db/geo-whois-asn-country},
 * data of the NRO under CC BY 4.0. Run in the root of the repository with the folder of the
 * unpacked package: {@code java daemon/src/build/CountryBuild.java FOLDER}. Networks smaller than a
 * /24 of IPv4 and a /40 of IPv6 are left out.
 */
final class CountryBuild {
  private static final Path TABLE =
      Path.of("daemon/src/main/resources/sluice/daemon/country/countries.gz");
  private static final String NOBODY = "";
  private static final int BITS_4 = 24;
  private static final int BITS_6 = 40;

  private CountryBuild() {}

  public static void main(String[] args) throws IOException {
    TreeMap<Long, String> four = read(Path.of(args[0]), "-ipv4.csv", 32 - BITS_4, BITS_4);
    TreeMap<Long, String> six = read(Path.of(args[0]), "-ipv6.csv", 128 - BITS_6, BITS_6);
    TreeSet<String> all = new TreeSet<>(four.values());
    all.addAll(six.values());
    List<String> codes = List.copyOf(all);
    Files.createDirectories(TABLE.getParent());
    try (DataOutputStream out =
        new DataOutputStream(
            new GZIPOutputStream(Files.newOutputStream(TABLE)) {
              {
                def.setLevel(Deflater.BEST_COMPRESSION);
              }
            })) {
      out.writeByte(codes.size());
      for (String code : codes) {
        out.writeByte(code.length());
        out.write(code.getBytes(StandardCharsets.US_ASCII));
      }
      write(out, four, codes);
      write(out, six, codes);
    }
    System.out.println(
        four.size() + " and " + six.size() + " ranges in " + Files.size(TABLE) + " bytes");
  }

  /** The distances of the beginnings, seven bits a byte, then the countries. */
  private static void write(DataOutputStream out, TreeMap<Long, String> starts, List<String> codes)
      throws IOException {
    out.writeInt(starts.size());
    long last = 0;
    for (long start : starts.keySet()) {
      long distance = start - last;
      last = start;
      for (; distance >= 0x80; distance >>>= 7) {
        out.writeByte((int) (distance & 0x7f | 0x80));
      }
      out.writeByte((int) distance);
    }
    for (String code : starts.values()) {
      out.writeByte(codes.indexOf(code));
    }
  }

  /** Where each country begins, in whole networks; neighbours of one country are one range. */
  private static TreeMap<Long, String> read(Path folder, String ending, int cut, int bits)
      throws IOException {
    TreeMap<Long, String> starts = new TreeMap<>();
    BigInteger fill = BigInteger.ONE.shiftLeft(cut).subtract(BigInteger.ONE);
    long next = 0;
    try (Stream<Path> files = Files.list(folder);
        BufferedReader lines =
            Files.newBufferedReader(
                files.filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(",", -1);
        long from = number(parts[0]).add(fill).shiftRight(cut).longValueExact();
        long end = number(parts[1]).add(BigInteger.ONE).shiftRight(cut).longValueExact();
        if (end > from) {
          if (from > next) {
            starts.put(next, NOBODY);
          }
          starts.put(from, parts[2].matches("[A-Z]{2}") ? parts[2] : NOBODY);
          next = end;
        }
      }
    }
    if (next < 1L << bits) {
      starts.put(next, NOBODY);
    }
    String last = "none";
    for (var each = starts.entrySet().iterator(); each.hasNext(); ) {
      var entry = each.next();
      if (entry.getValue().equals(last)) {
        each.remove();
      } else {
        last = entry.getValue();
      }
    }
    return starts;
  }

  private static BigInteger number(String address) throws IOException {
    return new BigInteger(1, InetAddress.getByName(address).getAddress());
  }
}
