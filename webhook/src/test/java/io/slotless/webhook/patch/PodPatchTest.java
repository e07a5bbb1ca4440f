package io.slotless.webhook.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodPatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void nothingChangedIsAnEmptyPatch() throws Exception {
        assertThat(PodPatch.through(List.of(json("{'a':[1]}"), json("{'a':[1]}"))))
                .isEmpty();
    }

    @Test
    void insertedContainerDoesNotHideASmallChangeInItsNeighbour() throws Exception {
        JsonNode before = json("{'containers':[{'name':'app','env':[{'name':'H','value':'redis'}]}]}");
        JsonNode between = json("{'containers':[{'name':'app','env':[{'name':'H','value':'127.0.0.1'}]}]}");
        JsonNode after = json(
                "{'containers':[{'name':'slotless'}," + "{'name':'app','env':[{'name':'H','value':'127.0.0.1'}]}]}");

        JsonNode patch = PodPatch.through(List.of(before, between, after));

        assertThat(patch)
                .isEqualTo(json("[{'op':'replace','path':'/containers/0/env/0/value','value':'127.0.0.1'},"
                        + "{'op':'add','path':'/containers/0','value':{'name':'slotless'}}]"));
        assertThat(JsonPatch.apply(patch, before)).isEqualTo(after);
    }

    @Test
    void keysWithSlashAndTildeAreEscaped() throws Exception {
        JsonNode patch = PodPatch.through(
                List.of(json("{'annotations':{}}"), json("{'annotations':{'slotless.io/sta~tus':'x'}}")));

        assertThat(patch.at("/0/path").asText()).isEqualTo("/annotations/slotless.io~1sta~0tus");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
