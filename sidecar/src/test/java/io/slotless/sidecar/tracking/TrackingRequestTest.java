package io.slotless.sidecar.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.tracking.TrackingRequest.Off;
import io.slotless.sidecar.tracking.TrackingRequest.On;
import io.slotless.sidecar.tracking.TrackingRequest.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackingRequestTest {

    private @Nullable TrackingOptions current;

    @Test
    void onWithoutOptionsAsksForTrackingOfReads() {
        on("ON");
        assertThat(command()).isEqualTo("CLIENT TRACKING ON");
    }

    @Test
    void whatServersNeedNotKnowStaysHere() {
        on("on optin noloop");
        assertThat(current.has(TrackingOption.OPTIN)).isTrue();
        assertThat(command()).isEqualTo("CLIENT TRACKING ON NOLOOP");
    }

    @Test
    void prefixesAddUp() {
        on("on bcast prefix a: PREFIX b:");
        on("on bcast prefix c:");
        assertThat(command()).isEqualTo("CLIENT TRACKING ON BCAST PREFIX a: PREFIX b: PREFIX c:");
    }

    @Test
    void bcastWithoutPrefixIsAboutEveryKey() {
        on("on bcast");
        assertThat(current.prefixes()).containsExactly("");
    }

    @Test
    void off() {
        assertThat(parse("off")).isEqualTo(new Off());
        assertThat(parse("OFF NOLOOP")).isEqualTo(new Off());
    }

    @Test
    void redirectNeedsOneConnectionForAll() {
        assertThat(error("on redirect 7")).startsWith("ERR slotless: CLIENT TRACKING with REDIRECT is refused, for");
        assertThat(error("on redirect 8")).isEqualTo("ERR The client ID you want redirect to does not exist");
        assertThat(error("on redirect x")).isEqualTo("ERR value is not an integer or out of range");
        assertThat(error("on redirect")).isEqualTo("ERR syntax error");
    }

    @Test
    void infoTellsWhatIsOn() {
        assertThat(TrackingOptions.info(null).toString()).contains("off", "value=-1");
        on("on bcast prefix a:");
        assertThat(TrackingOptions.info(current)).isInstanceOfSatisfying(RespValue.MapValue.class, map -> assertThat(
                        map.entries().get(0).getValue())
                .isEqualTo(new RespValue.SetValue(java.util.List.of(RespValue.bulk("on"), RespValue.bulk("bcast")))));
    }

    private void on(String words) {
        TrackingRequest request = parse(words);
        assertThat(request).isInstanceOf(On.class);
        current = ((On) request).options();
    }

    private String error(String words) {
        return ((Refused) parse(words)).error();
    }

    private TrackingRequest parse(String words) {
        return TrackingRequest.parse(CommandFrame.of(("CLIENT TRACKING " + words).split(" ")), current, id -> id == 7);
    }

    private String command() {
        CommandFrame frame = current.command();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frame.argumentCount(); i++) {
            text.append(i == 0 ? "" : " ").append(frame.argument(i));
        }
        return text.toString();
    }
}
