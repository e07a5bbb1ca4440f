package io.slotless.crd.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.slotless.api.v1alpha1.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an API server would say of an object: the schema's CEL rules are run by Google's CEL for Java, whose regular
 * expressions are RE2's as in the API server; enums and sizes are checked as there.
 */
final class ApiServerRules {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    private final JSONSchemaProps root;
    private final Map<String, CelRuntime.Program> programs = new HashMap<>();

    ApiServerRules(String definition) {
        root = Manifests.SERIALIZATION
                .unmarshal(definition, CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema();
    }

    /** The problems of the object, as {@link Validation} tells them, in no particular order. */
    List<String> problems(JsonNode object) {
        List<String> problems = new ArrayList<>();
        check("", root, object, problems);
        return problems;
    }

    private void check(String path, JSONSchemaProps schema, JsonNode value, List<String> problems) {
        checkBounds(path, schema, value, problems);
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            if (!holds(rule.getRule(), typed(schema, value))) {
                String field = path + Objects.requireNonNullElse(rule.getFieldPath(), "");
                problems.add(field.replaceFirst("^\\.", "") + ": " + rule.getMessage());
            }
        }
        schema.getProperties().forEach((name, property) -> {
            if (value.has(name)) {
                check((path + "." + name).replaceFirst("^\\.", ""), property, value.get(name), problems);
            }
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(path + "[" + i + "]", schema.getItems().getSchema(), value.get(i), problems);
        }
    }

    private void checkBounds(String path, JSONSchemaProps schema, JsonNode value, List<String> problems) {
        List<JsonNode> values = schema.getEnum();
        if (!values.isEmpty() && !values.contains(value)) {
            problems.add(path + ": supported values: "
                    + values.stream().map(JsonNode::toString).collect(Collectors.joining(", ")));
        }
        if (schema.getMaxLength() != null && value.asText().length() > schema.getMaxLength()) {
            problems.add(path + ": must have at most " + schema.getMaxLength() + " characters");
        }
        if (schema.getMaxItems() != null && value.size() > schema.getMaxItems()) {
            problems.add(path + ": must have at most " + schema.getMaxItems() + " items");
        }
    }

    /** The value as the API server gives it to CEL: typed by the schema, not by its spelling. */
    private static Object typed(JSONSchemaProps schema, JsonNode value) {
        return switch (schema.getType()) {
            case "object" -> {
                Map<String, Object> fields = new HashMap<>();
                schema.getProperties().forEach((name, property) -> {
                    if (value.has(name)) {
                        fields.put(name, typed(property, value.get(name)));
                    }
                });
                yield fields;
            }
            case "array" -> {
                List<Object> items = new ArrayList<>();
                value.forEach(item -> items.add(typed(schema.getItems().getSchema(), item)));
                yield items;
            }
            case "integer" -> value.longValue();
            case "number" -> value.doubleValue();
            case "boolean" -> value.booleanValue();
            default -> value.textValue();
        };
    }

    private boolean holds(String rule, Object self) {
        try {
            return (Boolean)
                    programs.computeIfAbsent(rule, ApiServerRules::compile).eval(Map.of("self", self));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("an API server refuses what fails, with a message that helps nobody", e);
        }
    }

    private static CelRuntime.Program compile(String rule) {
        try {
            return RUNTIME.createProgram(COMPILER.compile(rule).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException(rule, e);
        }
    }
}
