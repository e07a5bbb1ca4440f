package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostIndexTest {

    private final HostIndex index = new HostIndex();

    @Test
    void whoeverComesToAHostConcernsThoseWhoAreThere() {
        assertThat(index.put("a/one", "redis")).isEmpty();
        assertThat(index.put("a/two", "redis")).containsExactly("a/one");
        assertThat(index.put("a/three", "redis")).containsExactlyInAnyOrder("a/one", "a/two");
        assertThat(index.keys("redis")).containsExactlyInAnyOrder("a/one", "a/two", "a/three");
    }

    @Test
    void whoeverMovesConcernsThoseOfBothHosts() {
        index.put("a/one", "redis");
        index.put("a/two", "redis");
        index.put("a/three", "other");

        assertThat(index.put("a/two", "other")).containsExactlyInAnyOrder("a/one", "a/three");
        assertThat(index.keys("redis")).containsExactly("a/one");
    }

    @Test
    void hostThatAllHaveLeftHasNobody() {
        index.put("a/one", "redis");

        assertThat(index.put("a/one", null)).isEmpty();
        assertThat(index.keys("redis")).isEmpty();
        assertThat(index.put("a/two", "redis")).isEmpty();
    }

    @Test
    void sameHostAgainIsNoNews() {
        index.put("a/one", "redis");
        index.put("a/two", "redis");

        assertThat(index.put("a/two", "redis")).isEmpty();
    }
}
