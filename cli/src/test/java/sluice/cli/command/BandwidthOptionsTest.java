package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Problem;
import sluice.cli.wiring.Manner;
import sluice.engine.policy.Schedule;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerRate;
import sluice.engine.session.Policies;
import sluice.engine.session.Terms;

/** What the options of bandwidth come to. */
class BandwidthOptionsTest {
  private final BandwidthOptions options = new BandwidthOptions();

  private void parse(String... words) {
    CommandSpec command = CommandSpec.create();
    options.addTo(command);
    new CommandLine(command).parseArgs(words);
  }

  @Test
  void nothingIsLimitedUnlessItIsSaid() {
    parse();
    assertThat(options.onto(Policies.NONE)).isEqualTo(Policies.NONE);
    assertThat(options.manner(false)).isEqualTo(Manner.USUAL);
    assertThat(options.up()).isZero();
  }

  @Test
  void classesPeersAndProfilesReachThePolicies() {
    parse(
        "--up",
        "1M",
        "--class",
        "bulk weight=1 up=9K",
        "--class",
        "lan exempt",
        "--peer-class",
        "192.168.0.0/16 lan",
        "--profile",
        "night 22:00-06:00 up=5M bulk.weight=9");
    Policies policies = options.onto(Policies.NONE);
    assertThat(policies.classes()).extracting(ClassSpec::name).containsExactly("bulk", "lan");
    assertThat(policies.peerClasses().getFirst().bandwidthClass()).isEqualTo("lan");
    Schedule schedule = policies.schedule().orElseThrow();
    assertThat(schedule.at(0).bandwidth().up()).isEqualTo(5 << 20);
    assertThat(schedule.at(720).bandwidth().up()).isEqualTo(1 << 20);
    assertThat(schedule.at(0).bandwidth().classes().getFirst().up().weight()).isEqualTo(9);
  }

  @Test
  void limitsOfTorrentsAndPeersReachTheTorrents() {
    parse(
        "--torrent-down",
        "3",
        "--torrent-up",
        "4",
        "--peer-down",
        "5",
        "--peer-up",
        "6",
        "--upload-slots",
        "7",
        "--class",
        "a",
        "--in-class",
        "a");
    Terms terms = Terms.DEFAULT.in("a").peerRate(new PeerRate(5, 6)).uploadSlots(7);
    assertThat(options.manner(true)).isEqualTo(new Manner(true, 3, 4, terms));
  }

  @Test
  void mistakesAreTold() {
    parse("--class", "a up=fast", "--in-class", "b");
    assertThatThrownBy(() -> options.onto(Policies.NONE))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("'fast' is no rate");
  }

  @Test
  void aClassThatIsNotThereIsAMistake() {
    parse("--class", "a up=1", "--in-class", "b");
    assertThatThrownBy(() -> options.manner(false)).hasMessageContaining("there is no --class 'b'");
  }
}
