package io.slotless.webhook.chart;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The webhook's literal environment in the chart. */
public final class DeploymentEnv {

    private DeploymentEnv() {}

    public static Map<String, String> ofTheChart() throws IOException {
        Map<String, String> env = new TreeMap<>();
        Chart.object(Chart.render(Map.of()), "Deployment")
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> {
                    if (variable.has("value") && variable.path("name").asText().startsWith("SLOTLESS_")) {
                        env.put(
                                variable.path("name").asText(),
                                variable.path("value").asText());
                    }
                });
        return env;
    }
}
