import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Gives the classes of a jar that were compiled for Java 5 the stack maps of later class files. The
 * JVM verifies such classes without a search then, and its AOT cache takes them; code and behaviour
 * stay as they were. Run by the build of {@code cli} with the jar to change as its argument.
 */
public final class StackMaps {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
  private static final int TARGET = ClassFile.JAVA_8_VERSION;

  private StackMaps() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path changed = jar.resolveSibling(jar.getFileName() + ".part");
    try (JarFile in = new JarFile(jar.toFile());
        URLClassLoader types = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(changed))) {
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(types)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (JarEntry entry : Collections.list(in.entries())) {
        out.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream bytes = in.getInputStream(entry)) {
          byte[] before = bytes.readAllBytes();
          out.write(entry.getName().endsWith(".class") ? convert(format, before) : before);
        }
        out.closeEntry();
      }
    }
    Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] convert(ClassFile format, byte[] before) {
    ClassModel model = format.parse(before);
    if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
      return before;
    }
    ClassTransform version =
        (builder, element) -> {
          ClassElement next =
              element instanceof ClassFileVersion ? ClassFileVersion.of(TARGET, 0) : element;
          builder.with(next);
        };
    return format.transformClass(
        model, ClassTransform.transformingMethodBodies((b, e) -> b.with(e)).andThen(version));
  }
}
