package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HostNameProperties {

    /** DNS-1123 subdomain (kubernetes.io/docs/concepts/overview/working-with-objects/names), the slow and obvious way. */
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    @Property
    void namesAreWhatKubernetesTakesForASubdomain(@ForAll("written") String written) {
        String name = written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        boolean isName = SUBDOMAIN.matcher(name).matches()
                && name.length() <= 253
                && !IPV4.matcher(name).matches();

        assertThat(HostName.parse(written)).isEqualTo(isName ? Optional.of(name) : Optional.empty());
    }

    /** Labels around the longest length, dashes at their ends, empty ones, addresses. */
    @Provide
    Arbitrary<String> written() {
        Arbitrary<String> label = Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab1-").ofMinLength(0).ofMaxLength(4),
                Arbitraries.strings().withChars("aB0_").ofMaxLength(3),
                Arbitraries.integers().between(61, 65).map("a"::repeat),
                Arbitraries.integers().between(0, 300).map(String::valueOf));
        return label.list().ofMaxSize(6).map(labels -> String.join(".", labels));
    }
}
