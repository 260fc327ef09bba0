package dev.tideline.patterns.segment;

import java.util.Arrays;

/** A few small numbers, each once, in ascending order. Not safe for use by several threads. */
final class Numbers {
    private static final int SMALLEST = 8;

    private int[] numbers = {};
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The number of the index, which is below {@link #size}. */
    int get(int index) {
        return numbers[index];
    }

    boolean contains(int number) {
        return size > 0 && Arrays.binarySearch(numbers, 0, size, number) >= 0;
    }

    void add(int number) {
        int place = size == 0 || numbers[size - 1] < number ? size : -Arrays.binarySearch(numbers, 0, size, number) - 1;
        if (place < 0) {
            return;
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(SMALLEST, size + size / 2));
        }
        System.arraycopy(numbers, place, numbers, place + 1, size - place);
        numbers[place] = number;
        size++;
    }

    void remove(int number) {
        int place = size == 0 ? -1 : Arrays.binarySearch(numbers, 0, size, number);
        if (place >= 0) {
            size--;
            System.arraycopy(numbers, place + 1, numbers, place, size - place);
        }
    }

    void clear() {
        size = 0;
    }

    Numbers copy() {
        Numbers copy = new Numbers();
        copy.numbers = Arrays.copyOf(numbers, size);
        copy.size = size;
        return copy;
    }
}
