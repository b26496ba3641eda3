package sluice.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A Java file as the compiler's parser sees it. */
record JavaSource(Path path, CompilationUnitTree unit, DocTrees trees, SourcePositions positions) {

  private static List<JavaSource> parsed = List.of();

  /** All of the project, parsed once; names are not resolved. */
  static synchronized List<JavaSource> all() throws IOException {
    if (parsed.isEmpty()) {
      parsed = parse(Repository.javaFiles());
    }
    return parsed;
  }

  /** One task for all: each costs as much as many files. */
  private static List<JavaSource> parse(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaSource> sources = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      var objects = manager.getJavaFileObjectsFromPaths(files);
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null, objects);
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        Path file = Path.of(unit.getSourceFile().toUri());
        sources.add(new JavaSource(file, unit, trees, trees.getSourcePositions()));
      }
    }
    return sources;
  }

  /** Whether the file is of a program rather than of its tests. */
  boolean isMain() {
    return path.toString().replace('\\', '/').contains("/src/main/java/");
  }

  /** Lines of the file. */
  long lineCount() {
    return Repository.read(path).lines().count();
  }

  /** Line on which {@code tree} starts. */
  long line(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  /** Lines that {@code tree} takes. */
  long lines(Tree tree) {
    long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
    return end - line(tree) + 1;
  }

  /** The documentation comment of the declaration at {@code path}, if it has one. */
  @Nullable DocCommentTree comment(TreePath path) {
    return trees.getDocCommentTree(path);
  }

  /** Where {@code tree} is, for a message. */
  String at(Tree tree) {
    return Repository.root().relativize(path) + ":" + line(tree);
  }
}
