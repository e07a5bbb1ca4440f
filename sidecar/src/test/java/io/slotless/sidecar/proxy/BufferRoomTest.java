package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferRoomTest {

    private static final long TOTAL = 800;

    private final BufferRoom room = new BufferRoom(TOTAL);

    @Test
    void oneClientMayHaveHalfOfWhatIsFree() {
        long alone = room.forOneClient();
        room.addBeside(alone);
        assertThat(room.forOneClient()).isEqualTo(alone / 2);
        room.claimed(TOTAL);
        assertThat(room.forOneClient()).isZero();
    }

    @Test
    void aFewRepliesTakeNothingFromCommands() {
        room.addBeside(TOTAL / 8);
        assertThat(room.takenFromCommands()).isZero();
        room.addBeside(7);
        assertThat(room.takenFromCommands()).isEqualTo(7);
    }

    /** With what small things take, direct memory is a third more than the total. */
    @Test
    void itIsShortBeforeMemoryIs() {
        for (long claimed : new long[] {0, TOTAL / 2, TOTAL}) {
            BufferRoom each = new BufferRoom(TOTAL);
            each.claimed(claimed);
            long beside = 0;
            while (!each.isShort()) {
                each.addBeside(1);
                beside++;
            }
            assertThat(beside + claimed).isLessThanOrEqualTo(TOTAL * 5 / 4 + 1);
            assertThat(beside).isGreaterThanOrEqualTo(TOTAL / 4);
        }
    }

    @Test
    void begunCommandsMayTakeASixteenthWithoutAClaim() {
        assertThat(room.addBegun(TOTAL / 16)).isTrue();
        assertThat(room.addBegun(1)).isFalse();
        assertThat(room.addBegun(-10)).isTrue();
        assertThat(room.addBegun(10)).isTrue();
    }
}
