package sluice.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How Java files look: short files, short methods, documented types, no hidden errors. */
final class ShapeTest {
  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 60;

  private static List<JavaSource> sources = List.of();

  @BeforeAll
  static void parseAll() throws IOException {
    sources = JavaSource.all();
  }

  @Test
  void filesOfThePageAreShort() {
    List<String> seen = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (Path file : Repository.files()) {
      String path = Repository.root().relativize(file).toString();
      if (path.matches("web/src/.*\\.(svelte|ts|css)")) {
        seen.add(path);
        if (Repository.read(file).lines().count() > MAX_FILE_LINES) {
          bad.add(path);
        }
      }
    }
    assertThat(seen).contains("web/src/App.svelte");
    assertThat(bad).isEmpty();
  }

  @Test
  void theScanSeesTheProgram() {
    assertThat(sources).anyMatch(s -> s.path().endsWith("sluice/engine/session/Engine.java"));
    assertThat(sources).anyMatch(s -> s.path().endsWith("sluice/house/ShapeTest.java"));
  }

  @Test
  void filesAreShort() {
    List<String> tooLong = new ArrayList<>();
    for (JavaSource source : sources) {
      if (source.lineCount() > MAX_FILE_LINES) {
        tooLong.add(Repository.root().relativize(source.path()) + ": " + source.lineCount());
      }
    }
    assertThat(tooLong).as("files of more than %d lines", MAX_FILE_LINES).isEmpty();
  }

  @Test
  void methodsFitOneScreen() {
    List<String> tooLong = new ArrayList<>();
    for (JavaSource source : sources) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void none) {
          if (source.lines(method) > MAX_METHOD_LINES) {
            tooLong.add(source.at(method) + " " + method.getName() + ": " + source.lines(method));
          }
          return super.visitMethod(method, none);
        }
      }.scan(source.unit(), null);
    }
    assertThat(tooLong).as("methods of more than %d lines", MAX_METHOD_LINES).isEmpty();
  }

  @Test
  void caughtExceptionsAreDealtWith() {
    assertThat(emptyCatches()).as("empty catch blocks").isEmpty();
  }

  @Test
  void publicTypesSayWhatTheyAre() {
    List<String> silent = new ArrayList<>();
    eachTopLevelType((source, path) -> {
      ClassTree type = (ClassTree) path.getLeaf();
      boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
      if (source.isMain() && isPublic && isBlank(source, path)) {
        silent.add(source.at(type) + " " + type.getSimpleName());
      }
    });
    assertThat(silent).as("public types without a documentation comment").isEmpty();
  }

  @Test
  void packagesStateTheirJobAndAreNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> described = new TreeSet<>();
    for (JavaSource source : sources) {
      if (!source.isMain() || source.unit().getPackage() == null) {
        continue;
      }
      packages.add(source.unit().getPackage().getPackageName().toString());
      if (source.path().endsWith("package-info.java")
          && Repository.read(source.path()).startsWith("/**")
          && source.unit().getPackage().getAnnotations().toString().contains("NullMarked")) {
        described.add(source.unit().getPackage().getPackageName().toString());
      }
    }
    packages.removeAll(described);
    assertThat(packages).as("packages without a documented, @NullMarked package-info").isEmpty();
  }

  @Test
  void modulesStateTheirJob() {
    assertThat(sources)
        .filteredOn(s -> s.path().endsWith("module-info.java"))
        .isNotEmpty()
        .allSatisfy(
            s -> assertThat(Repository.read(s.path())).as("%s", s.path()).startsWith("/**"));
  }

  @Test
  void onlyTheCommandLinePrints() {
    List<String> prints = new ArrayList<>();
    for (JavaSource source : sources) {
      String path = Repository.root().relativize(source.path()).toString().replace('\\', '/');
      if (!source.isMain() || path.startsWith("cli/") || path.startsWith("bench/")) {
        continue;
      }
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void none) {
          if (Set.of("System.out", "System.err").contains(select.toString())) {
            prints.add(source.at(select));
          }
          return super.visitMemberSelect(select, none);
        }
      }.scan(source.unit(), null);
    }
    assertThat(prints).as("System.out or System.err outside cli and bench").isEmpty();
  }

  private static List<String> emptyCatches() {
    List<String> empty = new ArrayList<>();
    for (JavaSource source : sources) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitCatch(CatchTree caught, Void none) {
          if (caught.getBlock().getStatements().isEmpty()) {
            empty.add(source.at(caught));
          }
          return super.visitCatch(caught, none);
        }
      }.scan(source.unit(), null);
    }
    return empty;
  }

  private static boolean isBlank(JavaSource source, TreePath path) {
    var comment = source.comment(path);
    return comment == null || comment.getFirstSentence().isEmpty();
  }

  private static void eachTopLevelType(BiConsumer<JavaSource, TreePath> action) {
    for (JavaSource source : sources) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree type, Void none) {
          Tree parent = getCurrentPath().getParentPath().getLeaf();
          if (parent.getKind() == Tree.Kind.COMPILATION_UNIT) {
            action.accept(source, getCurrentPath());
          }
          return null;
        }
      }.scan(source.unit(), null);
    }
  }
}
