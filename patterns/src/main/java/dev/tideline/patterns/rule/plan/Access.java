package dev.tideline.patterns.rule.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of objects, elements of lists, and how many there are. */
final class Access {
    private Access() {}

    static <S> Thing<S> member(Node<S> object, String name) {
        if (object instanceof Members<S> members) {
            return members.member(name);
        }
        return trial -> object.boxed(trial) instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static <S> Truth<S> has(Node<S> object, String name) {
        if (object instanceof Members<S> members) {
            return members.has(name);
        }
        return trial -> object.boxed(trial) instanceof Map<?, ?> map ? Truth.of(map.containsKey(name)) : Truth.ERROR;
    }

    static <S> Thing<S> at(Node<S> container, Node<S> index) {
        String name = Constant.text(index);
        if (name != null) {
            return member(container, name);
        }
        return trial -> {
            Object where = container.boxed(trial);
            Object key = where == null ? null : index.boxed(trial);
            if (key == null) {
                return null;
            }
            if (where instanceof List<?> list) {
                return key instanceof Number number ? element(list, number) : null;
            }
            return where instanceof Map<?, ?> map ? map.get(key) : null;
        };
    }

    private static @Nullable Object element(List<?> list, Number index) {
        if (index instanceof Double fraction
                && (!Numbers.fits(fraction) || fraction.longValue() != fraction.doubleValue())) {
            return null;
        }
        long place = index.longValue();
        return place >= 0 && place < list.size() ? list.get((int) place) : null;
    }

    static <S> Whole<S> size(Node<S> of) {
        return trial -> {
            Object value = of.boxed(trial);
            if (value instanceof String text) {
                return text.codePointCount(0, text.length());
            }
            if (value instanceof List<?> list) {
                return list.size();
            }
            if (value instanceof Map<?, ?> map) {
                return map.size();
            }
            trial.fail();
            return 0;
        };
    }

    /** Elements that are not all constants; allocates. */
    static <S> Thing<S> list(List<Node<S>> elements) {
        List<Object> constant = Constant.list(elements);
        if (constant != null) {
            return new Constant.OfThing<>(constant);
        }
        return trial -> {
            Object[] values = new Object[elements.size()];
            for (int i = 0; i < values.length; i++) {
                Object value = elements.get(i).boxed(trial);
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            return List.of(values);
        };
    }
}
