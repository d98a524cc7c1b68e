package io.drover.snapshotter.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.snapshotter.transfer.TransferState.Event;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransferStateTest {
    private static final Map<TransferState, Map<Event, TransferState>> LEGAL = Map.of(
            TransferState.WAITING,
            Map.of(Event.BEGIN, TransferState.RUNNING, Event.STOP, TransferState.CANCELLED),
            TransferState.RUNNING,
            Map.of(
                    Event.SUCCEED, TransferState.DONE,
                    Event.FAIL, TransferState.FAILED,
                    Event.STOP, TransferState.CANCELLED));

    @Test
    void everyStateTakesItsEventsAndNoOthers() {
        Set<TransferState> reached = EnumSet.of(TransferState.WAITING);
        for (TransferState state : TransferState.values()) {
            for (Event event : Event.values()) {
                Optional<TransferState> next =
                        Optional.ofNullable(LEGAL.getOrDefault(state, Map.of()).get(event));
                if (next.isPresent()) {
                    assertThat(state.next(event)).as(state + " " + event).isEqualTo(next.get());
                    reached.add(next.get());
                } else {
                    assertThatThrownBy(() -> state.next(event))
                            .as(state + " " + event)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(state.name());
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(TransferState.values());
    }

    @Test
    void endedAreThoseWithoutFurtherEvents() {
        for (TransferState state : TransferState.values()) {
            assertThat(state.hasEnded()).isEqualTo(!LEGAL.containsKey(state));
        }
    }
}
