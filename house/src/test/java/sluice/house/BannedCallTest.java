package sluice.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the core must not touch: clocks, chance, threads, sockets and files are ports there. */
final class BannedCallTest {
  /** Calls by {@code class.method}. */
  private static final Map<String, List<String>> CALLS =
      Map.of(
          "java.lang.System",
          List.of("nanoTime", "currentTimeMillis", "identityHashCode"),
          "java.lang.Math",
          List.of("random"),
          "java.time.Instant",
          List.of("now"),
          "java.time.Clock",
          List.of("systemUTC", "systemDefaultZone", "system", "tickMillis"),
          "java.util.UUID",
          List.of("randomUUID"),
          "java.net.InetAddress",
          List.of("getByName", "getAllByName", "getLocalHost", "isReachable"));

  /** Types whose order of iteration differs between runs. */
  private static final Map<String, List<String>> UNORDERED =
      Map.of(
          "java.util.Set", List.of("of", "copyOf"),
          "java.util.Map", List.of("of", "copyOf", "ofEntries"),
          "java.util.stream.Collectors",
              List.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sluice.protocol..",
        "sluice.engine..",
        "sluice.market..",
        "sluice.tracker.swarm.."
      })
  void theCoreTouchesNoWorld(String core) {
    in(core)
        .should()
        .dependOnClassesThat(bannedTypes())
        .allowEmptyShould(false)
        .check(Program.CLASSES);
    in(core)
        .should()
        .accessTargetWhere(calls(CALLS))
        .allowEmptyShould(false)
        .check(Program.CLASSES);
  }

  @Test
  void theEngineMakesNoUnorderedCollections() {
    in("sluice.engine..").should().accessTargetWhere(calls(UNORDERED)).check(Program.CLASSES);
    in("sluice.engine..")
        .should()
        .dependOnClassesThat(assignableTo(java.util.IdentityHashMap.class))
        .check(Program.CLASSES);
  }

  @Test
  void nobodyEndsTheProgramButTheCommandLineAndFaultPoints() {
    noClasses()
        .that()
        .resideInAPackage("sluice..")
        .and()
        .resideOutsideOfPackages("sluice.cli..", "sluice.bench..", "sluice.state.fault..")
        .should()
        .accessTargetWhere(
            calls(
                Map.of(
                    "java.lang.System", List.of("exit"),
                    "java.lang.Runtime", List.of("exit", "halt"))))
        .check(Program.CLASSES);
  }

  @Test
  void nobodyInstallsSecurityProviders() {
    noClasses()
        .that()
        .resideInAPackage("sluice..")
        .should()
        .accessTargetWhere(
            calls(
                Map.of(
                    "java.security.Security",
                    List.of("addProvider", "insertProviderAt", "removeProvider"))))
        .check(Program.CLASSES);
  }

  /** What of Trident was not generated installs a provider as soon as a key is made. */
  @Test
  void ofTridentOnlyTheGeneratedClassesAreUsed() {
    noClasses()
        .that()
        .resideInAPackage("sluice..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tron.trident.core..",
            "org.tron.trident.crypto..",
            "org.tron.trident.utils..",
            "org.tron.trident.abi..")
        .check(Program.CLASSES);
  }

  @Test
  void theRulesSeeWhatTheyBan() {
    JavaClasses here = new ClassFileImporter().importClasses(BannedCallTest.class, Offender.class);
    JavaClass offender = here.get(Offender.class);
    assertThat(offender.getAccessesFromSelf()).anyMatch(calls(CALLS));
    assertThat(offender.getAccessesFromSelf()).anyMatch(calls(UNORDERED));
    assertThat(offender.getDirectDependenciesFromSelf())
        .anyMatch(d -> bannedTypes().test(d.getTargetClass()));
  }

  private static GivenClassesConjunction in(String packages) {
    return noClasses().that().resideInAPackage(packages);
  }

  private static DescribedPredicate<JavaClass> bannedTypes() {
    DescribedPredicate<JavaClass> threads =
        assignableTo(Thread.class)
            .or(assignableTo(java.util.concurrent.Executor.class))
            .or(resideInAPackage("java.util.concurrent.locks.."));
    DescribedPredicate<JavaClass> chance =
        assignableTo(java.util.random.RandomGenerator.class)
            .or(assignableTo(java.util.Timer.class));
    DescribedPredicate<JavaClass> world =
        resideInAPackage("java.nio.channels..")
            .or(resideInAPackage("io.netty.."))
            .or(resideInAPackage("java.net.http.."))
            .or(nameMatching("java\\.net\\.(\\w*Socket\\w*|\\w*URLConnection|URL)"))
            .or(nameMatching("java\\.nio\\.file\\.Files"))
            .or(nameMatching("java\\.io\\.(File|RandomAccessFile|File(In|Out)putStream)"));
    return threads.or(chance).or(world).as("are clocks, chance, threads, sockets or files");
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Map<String, List<String>> banned) {
    return DescribedPredicate.describe(
        "the target is one of " + banned,
        access ->
            banned
                .getOrDefault(access.getTargetOwner().getFullName(), List.of())
                .contains(access.getName()));
  }

  /** Does what the core must not do, so that a rule that sees nothing is found out. */
  static final class Offender {
    long offend() {
      return System.nanoTime() + new Random(1).nextInt() + Set.of(1, 2).size();
    }
  }
}
