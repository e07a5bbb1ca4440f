package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which env values are rewritten: the annotation {@link SlotlessNames#REWRITE_ENV}. */
public sealed interface EnvRewrite {

    /** Whether this place in the value of the named variable is to be rewritten. */
    boolean covers(String variable, HostReference reference);

    static EnvRewrite parse(String annotation) {
        return switch (annotation.strip()) {
            case "auto" -> new Auto();
            case "off" -> new Off();
            default ->
                new Named(Arrays.stream(annotation.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        };
    }

    /**
     * Every value whose form says that it names a host. A lone word does so only in a variable that is called after an
     * address: {@code REDIS_HOST=redis} is a host, {@code CACHE_TYPE=redis} is not. Leaving one out costs nothing, the
     * hosts file still leads to the sidecar.
     */
    record Auto() implements EnvRewrite {
        private static final Pattern ADDRESS = Pattern.compile(
                "(^|.*[_.-])(HOSTS?|HOSTNAMES?|ADDR|ADDRS|ADDRESS|ADDRESSES|ENDPOINTS?|SERVERS?|NODES?|URLS?|URIS?|REDIS)"
                        + "([_.-]?[0-9]+)?");

        @Override
        public boolean covers(String variable, HostReference reference) {
            return reference.unmistakable()
                    || ADDRESS.matcher(variable.toUpperCase(Locale.ROOT)).matches();
        }
    }

    /** No value. */
    record Off() implements EnvRewrite {
        @Override
        public boolean covers(String variable, HostReference reference) {
            return false;
        }
    }

    /** Every host in the values of these variables. */
    record Named(Set<String> variables) implements EnvRewrite {
        public Named {
            variables = Set.copyOf(variables);
        }

        @Override
        public boolean covers(String variable, HostReference reference) {
            return variables.contains(variable);
        }

        /** The variables that none of these names is, in alphabetical order. */
        List<String> missingIn(Set<String> names) {
            return variables.stream()
                    .filter(name -> !names.contains(name))
                    .sorted()
                    .toList();
        }
    }
}
