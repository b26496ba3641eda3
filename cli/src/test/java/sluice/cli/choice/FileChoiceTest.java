package sluice.cli.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.pick.FileSelection;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.TorrentCreator;

class FileChoiceTest {
  private static final Info SERIES =
      info(
          MetainfoBuilder.ofFolder("Series")
              .version(MetainfoBuilder.Version.HYBRID)
              .file(List.of("01.mkv"), 20_000)
              .file(List.of("02.MKV"), 30_000)
              .file(List.of("extras", "a.txt"), 5)
              .file(List.of("extras", "deep", "02.mkv"), 6)
              .file(List.of("readme.txt"), 7));

  private static Info info(MetainfoBuilder builder) {
    try {
      return MetainfoParser.parse(TorrentCreator.create(builder, (file, offset, into) -> {}))
          .info();
    } catch (MetainfoException e) {
      throw new AssertionError(e);
    }
  }

  /** The names of the files that are selected, without pads. */
  private static List<String> chosen(Info info, String... texts) {
    FileSelection selection = FileChoice.parse(List.of(texts)).of(info);
    List<String> names = new ArrayList<>();
    for (int file : FileChoice.numbered(info)) {
      if (selection.of(file).isWanted()) {
        names.add(
            String.join("/", info.files().get(file).path().subList(1, pathLength(info, file))));
      }
    }
    return names;
  }

  private static int pathLength(Info info, int file) {
    return info.files().get(file).path().size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1                  | 01.mkv
          2,4                | 02.MKV extras/deep/02.mkv
          1-2, 5             | 01.mkv 02.MKV readme.txt
          4-                 | extras/deep/02.mkv readme.txt
          5,1-5,!2-          | 01.mkv
          *.mkv              | 01.mkv 02.MKV extras/deep/02.mkv
          0?.mkv,!1          | 02.MKV extras/deep/02.mkv
          /**                |
          extras/            | extras/a.txt extras/deep/02.mkv
          series/extras/*    | extras/a.txt
          */*                | 01.mkv 02.MKV extras/a.txt readme.txt
          **/02.mkv          | 02.MKV extras/deep/02.mkv
          **deep**           |
          extras/**mkv       | extras/deep/02.mkv
          !*.txt             | 01.mkv 02.MKV extras/deep/02.mkv
          !*.txt,readme.txt  | 01.mkv 02.MKV extras/deep/02.mkv readme.txt
          !nothing           | 01.mkv 02.MKV extras/a.txt extras/deep/02.mkv readme.txt
          """)
  void rulesChooseFromLeftToRight(String rules, String names) {
    if (names == null) {
      assertThatThrownBy(() -> chosen(SERIES, rules)).hasMessageContaining("no file matches");
    } else {
      assertThat(chosen(SERIES, rules)).containsExactly(names.split(" "));
    }
  }

  @Test
  void withoutRulesEverythingIsWanted() {
    FileChoice none = FileChoice.parse(List.of());
    assertThat(none.isAll()).isTrue();
    assertThat(none.of(SERIES)).isEqualTo(FileSelection.ALL);
  }

  @Test
  void severalTextsAreOneChoice() {
    assertThat(chosen(SERIES, "1", "!*.mkv,*.txt")).containsExactly("extras/a.txt", "readme.txt");
  }

  @Test
  void padsHaveNoNumber() {
    assertThat(SERIES.files().size()).isGreaterThan(5);
    assertThat(FileChoice.numbered(SERIES)).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "6, there is no file 6",
    "3-9, there is no file 9",
    "7-, there is no file 7",
    "*.avi, no file matches '*.avi'",
    "'1,!1', no file is selected",
    "!*, no file is selected"
  })
  void whatIsNotThereIsToldWithTheFiles(String rules, String message) {
    assertThatThrownBy(() -> chosen(SERIES, rules))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.exit()).isEqualTo(ExitCode.NOT_FOUND))
        .hasMessage(
            "Series: "
                + message
                + "; it has 5 files: 1 01.mkv, 2 02.MKV, 3 extras/a.txt, 4 extras/deep/02.mkv,"
                + " 5 readme.txt");
  }

  @Test
  void aLongListIsCutAndASingleFileIsNamed() {
    MetainfoBuilder many = MetainfoBuilder.ofFolder("many");
    for (int i = 0; i < 30; i++) {
      many.file(List.of(String.valueOf(i + 100)), 1);
    }
    assertThatThrownBy(() -> chosen(info(many), "99"))
        .hasMessageContaining("20 119 and 10 more, which sluice info lists");
    Info one = info(MetainfoBuilder.ofFile("one.iso", 5));
    assertThatThrownBy(() -> chosen(one, "2")).hasMessageEndingWith("it has one file: 1 one.iso");
    assertThat(FileChoice.parse(List.of("one.*")).of(one).of(0).isWanted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,,2", "!", "0", "3-2", "0-4", " "})
  void whatMeansNothingIsRefused(String text) {
    assertThatThrownBy(() -> FileChoice.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersAreOfOneTorrent() {
    assertThat(FileChoice.parse(List.of("*.mkv,!2")).hasNumbers()).isTrue();
    assertThat(FileChoice.parse(List.of("*.mkv,123456789")).hasNumbers()).isFalse();
  }

  /** Time that is not linear would not end within the age of the test. */
  @Test
  void aPatternOfManyStarsIsReadInLinearTime() {
    Glob glob = new Glob("*a".repeat(200) + "b");
    assertThat(glob.matches("a".repeat(20_000))).isFalse();
    assertThat(glob.matches("a".repeat(20_000) + "b")).isTrue();
  }
}
