package sluice.engine.pex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Hosts;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.PexMessage.Contact;

class TalkTest {
  private static Map<Endpoint, Contact> present(int from, int to) {
    Map<Endpoint, Contact> present = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      present.put(Hosts.host(i), new Contact(Hosts.host(i), 0));
    }
    return present;
  }

  /** Or every peer would be compared with every other each second, for nothing. */
  @Test
  void whoKnowsEverythingIsLeftAloneUntilSomethingChanges() {
    Talk talk = new Talk(0);
    assertThat(talk.isNews(0)).isTrue();
    talk.nothingNew(0);
    assertThat(talk.isNews(0)).isFalse();
    assertThat(talk.isNews(1)).isTrue();
  }

  /** What does not fit into a message is told in the next, and never more than fits. */
  @Test
  void aTurnoverIsToldInParts() {
    Talk talk = new Talk(0);
    assertThat(talk.change(present(0, 80)).added()).hasSize(PexMessage.MAX_CONTACTS);
    assertThat(talk.change(present(0, 80)).added()).hasSize(30);
    assertThat(talk.change(present(0, 80)).isEmpty()).isTrue();
    assertThat(talk.change(present(100, 100)).dropped()).hasSize(PexMessage.MAX_CONTACTS);
    assertThat(talk.change(present(100, 100)).dropped()).hasSize(30);
  }
}
