package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.sidecar.json.JsonDocuments;
import io.slotless.sidecar.json.WrongTypeException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written in whichever place: Jackson would read the same, or refuse it, too. */
class SpecReaderTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static final String EVERYTHING = """
            {"host": "redis", "port": 6380, "weight": 1, "trafficPolicy": {
              "tls": {"mode": "MUTUAL", "sni": "a", "credentialName": "b", "insecureSkipVerify": true},
              "connectionPool": {
                "tcp": {"maxConnections": 5, "connectTimeout": "1s", "tcpKeepalive": {"probes": 3, "time": "1s", "interval": "2s"}},
                "redis": {"mode": "CLUSTER", "presentAs": "CLUSTER", "discoveryEndpoints": ["a", "b:1"], "shards": 3,
                  "auth": {"secret": {"name": "s", "passwordField": "p", "usernameField": "u"},
                    "plain": {"username": "v", "password": "w"}}}}}}""";

    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "\"7\"",
            "\"PROXY\"",
            "\"true\"",
            "7",
            "-1",
            "0",
            "7.5",
            "3000000000",
            "99999999999999999999",
            "true",
            "false",
            "[]",
            "[\"a\", null, 7, true]",
            "[[]]",
            "[{}]",
            "{}",
            "{\"a\": 1}");

    static List<JsonPointer> places() throws JsonProcessingException {
        List<JsonPointer> places = new ArrayList<>();
        collect(JACKSON.readTree(EVERYTHING), JsonPointer.empty(), places);
        return places;
    }

    private static void collect(JsonNode node, JsonPointer place, List<JsonPointer> places) {
        node.properties().forEach(field -> {
            JsonPointer deeper = place.appendProperty(field.getKey());
            places.add(deeper);
            collect(field.getValue(), deeper, places);
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void readsWhatJacksonReads(JsonPointer place) throws IOException {
        assertSame(EVERYTHING);
        for (String value : VALUES) {
            ObjectNode tree = (ObjectNode) JACKSON.readTree(EVERYTHING);
            ((ObjectNode) tree.at(place.head())).set(place.last().getMatchingProperty(), JACKSON.readTree(value));
            assertSame(tree.toString());
        }
    }

    /** So that a component which is new cannot be forgotten here, and by the reader. */
    @Test
    void everyComponentIsTried() throws IOException, ReflectiveOperationException {
        assertAllPresent("spec", JACKSON.readValue(EVERYTHING, RedisDestinationSpec.class));
    }

    private static void assertAllPresent(String path, Record part) throws ReflectiveOperationException {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            String name = path + "." + component.getName();
            Object value = component.getAccessor().invoke(part);
            assertThat(value).as(name).isNotNull();
            if (value instanceof Record deeper) {
                assertAllPresent(name, deeper);
            }
        }
    }

    private static void assertSame(String json) throws IOException {
        RedisDestinationSpec expected;
        try {
            expected = JACKSON.readValue(json, RedisDestinationSpec.class);
        } catch (JsonProcessingException e) {
            assertThatThrownBy(() -> SpecReader.spec(JsonDocuments.json(json)))
                    .as(json)
                    .isInstanceOf(WrongTypeException.class);
            return;
        }
        assertThat(SpecReader.spec(JsonDocuments.json(json))).as(json).isEqualTo(expected);
    }
}
