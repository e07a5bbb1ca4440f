package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.sidecar.scan.ScanCursor.InShards;
import io.slotless.sidecar.scan.ScanCursor.InSlots;
import io.slotless.sidecar.scan.ScanCursor.Start;
import io.slotless.sidecar.scan.ScanCursor.Unknown;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScanCursorProperties {

    @Property
    void whatGoesInComesOut(
            @ForAll @IntRange(min = 1, max = 1000) int shards,
            @ForAll int shard,
            @ForAll @LongRange(min = 0, max = (1L << 36) - 1) long nodeCursor,
            @ForAll long seed) {
        ClusterView view = Views.ofShards(shards, seed);
        int index = Math.floorMod(shard, shards);
        long number = ScanCursor.inShards(view, index, nodeCursor);
        assertThat(number).isPositive();
        assertThat(ScanCursor.of(number)).isInstanceOfSatisfying(InShards.class, cursor -> {
            assertThat(cursor.fits(view)).isTrue();
            assertThat(cursor.shard(view)).isEqualTo(index);
            assertThat(cursor.nodeCursor(view)).isEqualTo(nodeCursor);
            assertThat(cursor.fits(Views.ofShards(shards, seed + 1))).isFalse();
        });
    }

    @Property
    void slotsComeOutToo(@ForAll @IntRange(min = 0, max = 16_383) int slot) {
        assertThat(ScanCursor.of(ScanCursor.inSlots(slot))).isEqualTo(new InSlots(slot));
        assertThat(ScanCursor.inSlots(slot)).isBetween(1L, 1L << 53);
    }

    @Property
    void placesWithinASlotComeOutToo(
            @ForAll @IntRange(min = 0, max = 16_383) int slot,
            @ForAll @LongRange(min = 1, max = (1L << 33) - 1) long nodeCursor,
            @ForAll long seed) {
        ClusterView view = Views.ofShards(3, seed);
        long number = ScanCursor.inSlot(view, slot, nodeCursor);
        assertThat(number).isPositive();
        assertThat(ScanCursor.of(number)).isInstanceOfSatisfying(ScanCursor.InSlot.class, cursor -> {
            assertThat(cursor.slot()).isEqualTo(slot);
            assertThat(cursor.nodeCursor()).isEqualTo(nodeCursor);
            assertThat(cursor.fits(view)).isTrue();
        });
    }

    @Property
    void anyNumberIsACursorOrIsNot(@ForAll long number) {
        ScanCursor cursor = ScanCursor.of(number);
        assertThat(cursor).isNotNull();
        if (cursor instanceof InShards inShards) {
            ClusterView view = Views.ofShards(1 + new Random(number).nextInt(9), number);
            assertThat(inShards.shard(view)).isBetween(0, view.shards() - 1);
        }
    }

    @Property
    void cursorsOfNodesOfUsualSizeStayExactInFloatingPoint(
            @ForAll @LongRange(min = 0, max = (1L << 25) - 1) long nodeCursor, @ForAll @IntRange(max = 3) int shard) {
        assertThat(ScanCursor.inShards(Views.ofShards(4, 1), shard, nodeCursor)).isLessThan(1L << 53);
    }

    @Test
    void cursorsOfASlotWithHundredsOfMillionsOfKeysFit() {
        // 14 bits say which slot (Redis 7.4), 29 where in it.
        long nodeCursor = (1L << 43) - 1;
        ClusterView view = Views.ofShards(3, 1);
        assertThat(ScanCursor.of(ScanCursor.inShards(view, 2, nodeCursor)))
                .isInstanceOfSatisfying(InShards.class, cursor -> {
                    assertThat(cursor.fits(view)).isTrue();
                    assertThat(cursor.nodeCursor(view)).isEqualTo(nodeCursor);
                    assertThat(cursor.shard(view)).isEqualTo(2);
                });
    }

    @Test
    void whatDoesNotFitIsSaidSo() {
        assertThatThrownBy(() -> ScanCursor.inShards(Views.ofShards(3, 1), 0, -1))
                .isInstanceOf(ScanException.class)
                .hasMessage("ERR slotless: the cursor of a node is too large for one over all shards: "
                        + "18446744073709551615");
    }

    @Test
    void theEndsAreKnown() {
        assertThat(ScanCursor.of(0)).isInstanceOf(Start.class);
        assertThat(ScanCursor.of(131_072)).isInstanceOf(Unknown.class);
        assertThat(ScanCursor.of(-1)).isInstanceOf(Unknown.class);
    }
}
