package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about the Redis that clients see: routes over destinations, faults, the password of the clients.
 *
 * @param host the hosts that clients connect to (Aeraki has the singular name); at least one
 * @param settings settings of the client side; default: all defaults
 * @param redis routes, the longest matching prefix wins; default: everything goes to the host itself
 * @param faults faults to inject
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisServiceSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(64)
        List<@MaxSize(DnsName.MAX_LENGTH) String> host,

        @Nullable RedisServiceSettings settings,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(256)
        List<RedisRoute> redis,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(64)
        List<Fault> faults) {
    public RedisServiceSpec {
        host = host == null ? List.of() : List.copyOf(host);
        redis = redis == null ? List.of() : List.copyOf(redis);
        faults = faults == null ? List.of() : List.copyOf(faults);
    }
}
