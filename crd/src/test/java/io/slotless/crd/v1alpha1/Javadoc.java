package io.slotless.crd.v1alpha1;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Javadoc of a type of the model, as plain text for {@code kubectl explain}: what is written once, in the source, is
 * what developers and users read.
 */
record Javadoc(String text) {

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\{@(?:code|linkplain|link) ([^{}]*(?:\\{[^{}]*})?[^{}]*)}");

    static Javadoc of(Class<?> type) {
        String path = "src/main/java/" + type.getName().replace('.', '/') + ".java";
        String module = type.getPackageName().startsWith("io.slotless.api") ? "../api" : ".";
        Matcher comment = COMMENT.matcher(Manifests.text(Path.of(module, path)));
        if (!comment.find()) {
            throw new IllegalStateException(type + " has no Javadoc");
        }
        return new Javadoc(comment.group(1).replaceAll("(?m)^ *\\*", " "));
    }

    /** The first paragraph. */
    String summary() {
        return plain(text.split("<p>|@param", 2)[0]);
    }

    /** What is said of a record component. */
    String parameter(String name) {
        for (String parameter : text.split("@param ", -1)) {
            if (parameter.startsWith(name + " ")) {
                return plain(parameter.substring(name.length()));
            }
        }
        throw new IllegalStateException("no @param " + name + " in " + text);
    }

    private static String plain(String javadoc) {
        Matcher tag = CODE.matcher(javadoc.replaceAll("\\s+", " ").strip());
        return tag.replaceAll(found -> Matcher.quoteReplacement(words(found.group(1))));
    }

    /** {@code RedisMode#PROXY} reads PROXY, {@code GoDuration Go duration} reads Go duration. */
    private static String words(String reference) {
        boolean labelled = reference.matches("[A-Z]\\w*(#\\w+)? [a-zA-Z ]+");
        String words = labelled ? reference.substring(reference.indexOf(' ') + 1) : reference;
        return words.replaceAll("^[A-Z]\\w*#", "");
    }
}
