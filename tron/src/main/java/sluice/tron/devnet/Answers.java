package sluice.tron.devnet;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls, or does what goes wrong with them. No state of its own. */
record Answers(Supplier<NodeFault> faults) {
  /** Answers with what {@code work} gives, unless it goes wrong. */
  <T extends Message> void give(StreamObserver<T> to, T empty, Supplier<T> work) {
    NodeFault fault = faults.get();
    T answer = fault.isDone() || fault.isOfBroadcast() ? work.get() : empty;
    give(to, fault, answer);
  }

  /** Answers with what has been made, as {@code fault} says. */
  static <T> void give(StreamObserver<T> to, NodeFault fault, T answer) {
    switch (fault) {
      case UNAVAILABLE, ANSWER_LOST ->
          to.onError(Status.UNAVAILABLE.withDescription("the node went away").asException());
      case TIMEOUT, TIMEOUT_DONE -> to.onError(Status.DEADLINE_EXCEEDED.asException());
      case NONE, BUSY, FORGOTTEN, DELAYED, TWICE, EMPTY -> {
        to.onNext(answer);
        to.onCompleted();
      }
      case SILENT -> {
        // The caller's own deadline ends the call.
      }
    }
  }
}
