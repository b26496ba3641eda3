package sluice.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may call whom: arrows between modules and, inside the engine, between packages. */
final class ArrowTest {
  /** From the bottom up; a package may use those of lower steps, and its neighbours one way. */
  private static final List<List<String>> ENGINE =
      List.of(
          List.of("port"),
          List.of("crypt", "lsd", "nat", "utp"),
          List.of("peer", "rate", "policy"),
          List.of("pick", "choke", "hash"),
          List.of("swarm", "metadata", "webseed", "sibling"),
          List.of("pex", "dht"),
          List.of("torrent"),
          List.of("session"));

  /** From the bottom up; a module may use those of lower steps only. */
  private static final List<List<String>> MODULES =
      List.of(
          List.of("protocol", "udp", "metrics", "testkit"),
          List.of("engine"),
          List.of("storage", "transport", "state", "sim", "market"),
          List.of("client", "tracker", "ledger"),
          List.of("daemon", "tron"),
          List.of("cli", "examples"),
          List.of("bench"));

  @Test
  void theImportSeesTheProgram() {
    for (String module : List.of("protocol", "engine")) {
      classes()
          .that()
          .resideInAPackage("sluice." + module + "..")
          .should()
          .bePublic()
          .orShould()
          .notBePublic()
          .allowEmptyShould(false)
          .check(Program.CLASSES);
    }
  }

  @TestFactory
  Stream<DynamicTest> modulesUseOnlyWhatIsBelow() {
    return upwardRules("sluice.", MODULES, true);
  }

  @TestFactory
  Stream<DynamicTest> enginePackagesUseOnlyWhatIsBelow() {
    return upwardRules("sluice.engine.", ENGINE, false);
  }

  @Test
  void packagesHaveNoCycles() {
    for (String module :
        List.of(
            "protocol",
            "engine",
            "storage",
            "transport",
            "state",
            "market",
            "ledger",
            "tron",
            "sim",
            "client",
            "udp",
            "metrics",
            "tracker",
            "daemon",
            "cli")) {
      slices()
          .matching("sluice." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(Program.CLASSES);
    }
  }

  private static Stream<DynamicTest> upwardRules(
      String prefix, List<List<String>> steps, boolean strict) {
    Stream.Builder<DynamicTest> rules = Stream.builder();
    for (int i = 0; i < steps.size(); i++) {
      for (String lower : steps.get(i)) {
        List<String> forbidden =
            new java.util.ArrayList<>(
                steps.subList(i + 1, steps.size()).stream().flatMap(List::stream).toList());
        if (strict) {
          steps.get(i).stream().filter(p -> !p.equals(lower)).forEach(forbidden::add);
        }
        String[] packages = forbidden.stream().map(p -> prefix + p + "..").toArray(String[]::new);
        if (packages.length > 0) {
          rules.add(DynamicTest.dynamicTest(lower, () -> forbid(prefix + lower + "..", packages)));
        }
      }
    }
    return rules.build();
  }

  private static void forbid(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true)
        .check(Program.CLASSES);
  }
}
