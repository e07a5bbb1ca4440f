package io.slotless.crd.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.slotless.api.v1alpha1.MaxSize;
import io.slotless.api.v1alpha1.Rule;
import io.slotless.api.v1alpha1.Validation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fabric8's generator cannot take from the model: our {@linkplain Rule rules} and {@linkplain MaxSize sizes}, the Javadoc as
 * descriptions, integer formats, the order of the printer columns, and that the conditions are a map by their type.
 */
final class SchemaDetails {

    private SchemaDetails() {}

    /** Walks the schema and the model side by side. */
    static void addTo(CustomResourceDefinition definition, Class<?> type) {
        inDeclaredOrder(definition.getSpec().getVersions().get(0).getAdditionalPrinterColumns(), type);
        JSONSchemaProps root =
                definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        root.setDescription(Javadoc.of(type).summary());
        addRules(root, Validation.Whole.class);
        AnnotatedType[] parts =
                ((AnnotatedParameterizedType) type.getAnnotatedSuperclass()).getAnnotatedActualTypeArguments();
        describe(root.getProperties().get("spec"), parts[0]);
        describe(root.getProperties().get("status"), parts[1]);
    }

    private static void inDeclaredOrder(List<CustomResourceColumnDefinition> columns, Class<?> type) {
        List<String> names = Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        columns.sort(Comparator.comparing(column -> names.indexOf(column.getName())));
    }

    private static void describe(JSONSchemaProps schema, AnnotatedType type) {
        schema.setDescription(Javadoc.of((Class<?>) type.getType()).summary());
        add(schema, type);
    }

    private static void add(JSONSchemaProps schema, AnnotatedType annotated) {
        Type type = annotated.getType();
        MaxSize most = annotated.getAnnotation(MaxSize.class);
        if (annotated instanceof AnnotatedParameterizedType list) {
            schema.setMaxItems(most == null ? null : (long) most.value());
            addToItems(schema, list.getAnnotatedActualTypeArguments()[0]);
        } else if (type == String.class) {
            schema.setMaxLength(most == null ? null : (long) most.value());
        } else if (type == Integer.class) {
            schema.setFormat("int32");
        } else if (type == Long.class) {
            schema.setFormat("int64");
        } else if (type == Double.class) {
            schema.setFormat("double");
        } else if (type instanceof Class<?> part && part.isRecord()) {
            addRules(schema, part);
            for (RecordComponent component : part.getRecordComponents()) {
                JSONSchemaProps property = schema.getProperties().get(component.getName());
                property.setDescription(Javadoc.of(part).parameter(component.getName()));
                add(property, component.getAnnotatedType());
            }
        }
    }

    private static void addToItems(JSONSchemaProps list, AnnotatedType item) {
        if (item.getType() == Condition.class) {
            asConditions(list);
        } else {
            add(list.getItems().getSchema(), item);
        }
    }

    /** As Kubernetes declares the conditions of its own types (KEP-1623). */
    private static void asConditions(JSONSchemaProps list) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of("type"));
        JSONSchemaProps condition = list.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        condition.getProperties().get("lastTransitionTime").setFormat("date-time");
        condition.getProperties().get("observedGeneration").setFormat("int64");
    }

    private static void addRules(JSONSchemaProps schema, Class<?> part) {
        for (Rule<?> rule : Validation.rules(part)) {
            schema.getXKubernetesValidations()
                    .add(new ValidationRuleBuilder()
                            .withRule(rule.cel())
                            .withMessage(rule.message())
                            .withFieldPath(rule.field().isEmpty() ? null : rule.field())
                            .build());
        }
    }
}
