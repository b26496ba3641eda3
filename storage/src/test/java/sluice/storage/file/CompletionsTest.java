package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Loop;

class CompletionsTest {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final Completions completions = new Completions(new Tasks());

  /** A loop whose tasks the test runs one by one. */
  private final class Tasks implements Loop {
    @Override
    public long now() {
      return 0;
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
      throw new UnsupportedOperationException("storage has no timers");
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }

  /** A worker that is faster than the loop: each delivery finds the next outcome there already. */
  private void post(int number, int last) {
    completions.post(() -> {
      log.add("outcome " + number);
      if (number < last) {
        post(number + 1, last);
      }
    });
  }

  @Test
  void whatComesDuringADeliveryLetsOthersGoFirst() {
    post(1, 3);
    tasks.add(() -> log.add("other"));
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(log).containsExactly("outcome 1", "other", "outcome 2", "outcome 3");
  }

  @Test
  void whatHasGatheredIsOneTask() {
    post(1, 1);
    post(2, 2);
    post(3, 3);
    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    assertThat(log).containsExactly("outcome 1", "outcome 2", "outcome 3");
    assertThat(tasks).isEmpty();
  }

  @Test
  void anOutcomeThatFailsKeepsNoOtherBack() {
    completions.post(() -> {
      throw new IllegalStateException("a bug");
    });
    post(1, 1);
    Runnable first = tasks.remove();
    assertThatThrownBy(first::run).hasMessage("a bug");
    tasks.remove().run();
    assertThat(log).containsExactly("outcome 1");
  }
}
