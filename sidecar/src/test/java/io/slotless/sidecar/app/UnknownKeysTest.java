package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {

    @Test
    void everyKnownKeyIsKnownInBothSpellings() {
        Set<String> known = UnknownKeys.known();
        assertThat(known).contains("slotless.bootstrap", "slotless.dns.servers", "slotless.limits.clients");
        List<String> variables = known.stream().map(UnknownKeys::variable).toList();
        assertThat(variables).contains("SLOTLESS_BOOTSTRAP", "SLOTLESS_DNS_MAX_TTL");
        assertThat(UnknownKeys.among(known, Set.copyOf(variables))).isEmpty();
    }

    @Test
    void typingErrorsAreFoundInBothSpellings() {
        assertThat(UnknownKeys.among(
                        List.of("slotless.event-lops", "quarkus.log.level", "slotless.dns"),
                        Set.of("SLOTLESS_BOOTSRAP")))
                .containsExactly("SLOTLESS_BOOTSRAP", "slotless.dns", "slotless.event-lops");
    }

    @Test
    void whatAKubeletSetsForAServiceNamedSlotlessIsNoMistake() {
        assertThat(UnknownKeys.among(
                        List.of(),
                        Set.of(
                                "SLOTLESS_WEBHOOK_SERVICE_HOST",
                                "SLOTLESS_WEBHOOK_SERVICE_PORT",
                                "SLOTLESS_WEBHOOK_SERVICE_PORT_HTTPS",
                                "SLOTLESS_WEBHOOK_PORT",
                                "SLOTLESS_WEBHOOK_PORT_443_TCP",
                                "SLOTLESS_WEBHOOK_PORT_443_TCP_ADDR",
                                "SLOTLESS_PORT")))
                .isEmpty();
    }
}
