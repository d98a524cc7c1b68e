package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import java.util.Optional;

/**
 * The size that a caller wants: at least, at most, either may be left open.
 *
 * @param required bytes, not rounded; 0 = open
 * @param limit bytes; 0 = open
 */
public record SizeRange(long required, long limit) {
    public static final SizeRange ANY = new SizeRange(0, 0);
    /** What a volume gets when nothing is said about its size. */
    static final ByteSize DEFAULT = ByteSize.ofGibi(1);

    public SizeRange {
        if (required < 0 || limit < 0) {
            throw StorageException.outOfRange("a size range must not be negative: required " + required + ", limit "
                    + limit + " bytes; give numbers of 0 and more");
        }
        if (limit > 0 && required > limit) {
            throw StorageException.invalid("the required size of " + required + " bytes exceeds the limit of " + limit
                    + " bytes; give a limit that is not below it");
        }
    }

    public static SizeRange exactly(ByteSize size) {
        return new SizeRange(size.bytes(), 0);
    }

    /** Whether a volume of this size satisfies the range. */
    public boolean contains(ByteSize size) {
        return size.bytes() >= required && (limit == 0 || size.bytes() <= limit);
    }

    /**
     * The size of a new volume: what is required, rounded up, but not below what its content or file system needs.
     *
     * @param source the size of what it is filled with
     * @param minimum what the file system needs at least
     * @throws StorageException OUT_OF_RANGE if no size is within the range
     */
    ByteSize choose(Optional<ByteSize> source, ByteSize minimum) {
        if (source.isPresent() && required > 0 && required < source.get().bytes()) {
            throw StorageException.outOfRange(
                    "a volume of " + new ByteSize(required) + " cannot be made from a source of " + source.get()
                            + "; ask for at least " + source.get().bytes() + " bytes");
        }
        long wanted = required > 0 ? required : source.map(ByteSize::bytes).orElseGet(this::defaultBytes);
        ByteSize rounded = new ByteSize(Math.max(wanted, minimum.bytes())).roundedUp();
        if (!contains(rounded)) {
            throw StorageException.outOfRange("no volume of at most " + limit
                    + " bytes is possible here; the smallest is " + rounded + " (" + rounded.bytes()
                    + " bytes; sizes are multiples of " + ByteSize.STEP + "); raise the limit");
        }
        return rounded;
    }

    /**
     * The size that a volume grows to.
     *
     * @throws StorageException OUT_OF_RANGE if the range lies below the present size, or has no possible size
     */
    ByteSize grown(ByteSize now) {
        if (limit > 0 && limit < now.bytes()) {
            throw StorageException.outOfRange("a volume of " + now.bytes() + " bytes cannot become smaller (limit "
                    + limit + " bytes); ask for at least its present size");
        }
        ByteSize wanted = new ByteSize(Math.max(required, now.bytes())).roundedUp();
        if (!contains(wanted)) {
            throw StorageException.outOfRange("no size between " + required + " and " + limit
                    + " bytes is possible; sizes are multiples of " + ByteSize.STEP);
        }
        return wanted;
    }

    private long defaultBytes() {
        return limit == 0 ? DEFAULT.bytes() : Math.min(DEFAULT.bytes(), limit - limit % ByteSize.STEP.bytes());
    }
}
