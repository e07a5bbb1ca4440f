package io.slotless.api.v1alpha1;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an object, told as the API server tells it when it refuses one: {@code spec.host: write …}. For
 * objects that no API server with our schema has looked at; the rules are the same.
 */
public final class Validation {

    /** All rules. Not among them is what has too many characters or items ({@link MaxSize}), and what no enum has. */
    public static final List<Rule<?>> RULES = Stream.of(
                    List.<Rule<?>>of(Rule.required(Whole.class, "spec", Whole::spec, "write a spec")),
                    DestinationRules.ALL,
                    ServiceRules.ALL)
            .<Rule<?>>flatMap(List::stream)
            .toList();

    private static final Map<Class<?>, List<Rule<?>>> RULES_OF_PARTS =
            RULES.stream().collect(Collectors.groupingBy(Rule::part));

    /** Once found: reflection makes them anew for whoever asks, and the methods that read them. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> part) {
            return Stream.of(part.getRecordComponents()).map(Component::of).toList();
        }
    };

    private Validation() {}

    /**
     * An object of either kind, for the rules that are about the whole of it.
     *
     * @param spec null where it has none
     */
    public record Whole(@Nullable Record spec) {}

    /**
     * The problems of a RedisDestination; empty if it may be used. A copy {@linkplain DestinationSnapshot#withoutSecrets
     * without secrets} lacks its plain password and is told so: it was looked at before it was copied.
     *
     * @param spec null where it has none
     */
    public static List<String> problems(@Nullable RedisDestinationSpec spec) {
        return problemsOf(spec);
    }

    /**
     * The problems of a RedisService; empty if it may be used.
     *
     * @param spec null where it has none
     */
    public static List<String> problems(@Nullable RedisServiceSpec spec) {
        return problemsOf(spec);
    }

    /** The rules of the parts of that type. */
    public static List<Rule<?>> rules(Class<?> part) {
        return RULES_OF_PARTS.getOrDefault(part, List.of());
    }

    private static List<String> problemsOf(@Nullable Record spec) {
        List<String> problems = new ArrayList<>();
        checkRules("", new Whole(spec), problems);
        if (spec != null) {
            checkPart("spec", spec, problems);
        }
        return List.copyOf(problems);
    }

    private static void checkPart(String path, Record part, List<String> problems) {
        checkRules(path, part, problems);
        for (Component component : COMPONENTS.get(part.getClass())) {
            Object value = component.of(part);
            if (value != null) {
                checkValue(path + "." + component.name, component.type, value, problems);
            }
        }
    }

    private static void checkValue(String path, AnnotatedType type, Object value, List<String> problems) {
        checkSize(path, type, value, problems);
        if (value instanceof Record part) {
            checkPart(path, part, problems);
        } else if (value instanceof List<?> items) {
            AnnotatedType itemType = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
            for (int i = 0; i < items.size(); i++) {
                checkValue(path + "[" + i + "]", itemType, items.get(i), problems);
            }
        } else if (value instanceof Enum<?> name && name.name().equals(KnownValues.UNRECOGNIZED)) {
            problems.add(path + ": supported values: " + KnownValues.names(name.getDeclaringClass()));
        }
    }

    private static void checkRules(String path, Object part, List<String> problems) {
        for (Rule<?> rule : rules(part.getClass())) {
            if (!rule.holdsFor(part)) {
                String field = path + rule.field();
                problems.add((field.startsWith(".") ? field.substring(1) : field) + ": " + rule.message());
            }
        }
    }

    private static void checkSize(String path, AnnotatedType type, Object value, List<String> problems) {
        MaxSize most = type.getAnnotation(MaxSize.class);
        if (most == null) {
            return;
        }
        if (value instanceof String text && text.codePointCount(0, text.length()) > most.value()) {
            problems.add(path + ": must have at most " + most.value() + " characters");
        } else if (value instanceof List<?> items && items.size() > most.value()) {
            problems.add(path + ": must have at most " + most.value() + " items");
        }
    }

    private record Component(String name, AnnotatedType type, Method accessor) {

        static Component of(RecordComponent component) {
            return new Component(component.getName(), component.getAnnotatedType(), component.getAccessor());
        }

        @Nullable
        Object of(Record part) {
            try {
                return accessor.invoke(part);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }
}
