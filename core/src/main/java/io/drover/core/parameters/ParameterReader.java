package io.drover.core.parameters;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.jobs.RecurringJobs;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.Settings;
import io.drover.core.model.VolumeParameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the parameters of a StorageClass, or those of a VolumeAttributesClass that can change later. Everything that is wrong is told
 * at once; keys that {@code csi.storage.k8s.io/} begins are Kubernetes' own and pass.
 */
public final class ParameterReader {
    private static final Logger log = LoggerFactory.getLogger(ParameterReader.class);

    private ParameterReader() {}

    /**
     * Reads the parameters of a new volume.
     *
     * @throws StorageException INVALID with all that is malformed or unknown, each with what would be right; UNSUPPORTED if the only
     *     trouble is something that is understood and not offered
     */
    public static VolumeParameters read(Map<String, String> parameters, Settings settings) {
        Violations violations = new Violations();
        GivenParameters given = new GivenParameters(parameters, violations);
        dropForeignKeys(given, violations);
        // Two other spellings, both of external-provisioner's.
        given.alias("fstype", VolumeKeys.FS_TYPE.key());
        given.alias(GivenParameters.RESERVED_PREFIX + "fstype", VolumeKeys.FS_TYPE.key());
        VolumeParameters read = new VolumeParameters(
                given.get(VolumeKeys.NUMBER_OF_REPLICAS),
                Duration.ofMinutes(given.get(VolumeKeys.STALE_REPLICA_TIMEOUT)),
                given.get(VolumeKeys.FROM_BACKUP),
                recurringJobs(given, List.of(), settings, violations),
                given.get(VolumeKeys.RECURRING_JOB_SELECTOR),
                given.get(VolumeKeys.DATA_LOCALITY),
                given.get(VolumeKeys.FS_TYPE),
                given.get(VolumeKeys.MKFS_PARAMS),
                given.get(VolumeKeys.DISK_SELECTOR),
                given.get(VolumeKeys.NODE_SELECTOR),
                given.get(VolumeKeys.BACKUP_TARGET_NAME));
        given.rejectUnknown(VolumeKeys.ALL);
        violations.throwIfAny("cannot use the parameters of the volume");
        return read;
    }

    /** Whether the parameters of a new volume name its file system, in any spelling. */
    public static boolean namesFileSystem(Map<String, String> parameters) {
        return Stream.of(VolumeKeys.FS_TYPE.key(), "fstype", GivenParameters.RESERVED_PREFIX + "fstype")
                .map(key -> parameters.getOrDefault(key, ""))
                .anyMatch(value -> !value.isBlank());
    }

    /**
     * Reads a change of parameters.
     *
     * @return the current ones with the change applied
     * @throws StorageException INVALID with all that is malformed, unknown or cannot be changed
     */
    public static VolumeParameters readMutable(
            Map<String, String> parameters, VolumeParameters current, Settings settings) {
        Violations violations = new Violations();
        GivenParameters given = new GivenParameters(parameters, violations);
        List<Parameter<?>> changeable =
                VolumeKeys.ALL.stream().filter(Parameter::changeable).toList();
        List<String> names = changeable.stream().map(Parameter::key).toList();
        for (Parameter<?> fixed : VolumeKeys.ALL) {
            if (!fixed.changeable() && given.has(fixed.key())) {
                violations.add("parameter \"" + fixed.key() + "\" cannot be changed after the volume was made; only "
                        + String.join(", ", names) + " can");
                given.remove(fixed.key());
            }
        }
        VolumeParameters next = new VolumeParameters(
                given.get(VolumeKeys.NUMBER_OF_REPLICAS, current.numberOfReplicas()),
                Duration.ofMinutes(given.get(VolumeKeys.STALE_REPLICA_TIMEOUT, (int)
                        current.staleReplicaTimeout().toMinutes())),
                current.fromBackup(),
                recurringJobs(given, current.recurringJobs(), settings, violations),
                current.recurringJobSelector(),
                current.dataLocality(),
                current.fsType(),
                current.mkfsParams(),
                current.diskSelector(),
                current.nodeSelector(),
                current.backupTargetName());
        given.rejectUnknown(changeable);
        violations.throwIfAny("cannot change the parameters of the volume");
        return next;
    }

    /** As text that {@link #read} reads to an equal value: every key, in the order of the documentation, empty ones left out. */
    public static Map<String, String> write(VolumeParameters parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, VolumeKeys.NUMBER_OF_REPLICAS, parameters.numberOfReplicas());
        put(texts, VolumeKeys.STALE_REPLICA_TIMEOUT, (int)
                parameters.staleReplicaTimeout().toMinutes());
        put(texts, VolumeKeys.FROM_BACKUP, parameters.fromBackup());
        put(texts, VolumeKeys.RECURRING_JOBS, parameters.recurringJobs());
        put(texts, VolumeKeys.RECURRING_JOB_SELECTOR, parameters.recurringJobSelector());
        put(texts, VolumeKeys.DATA_LOCALITY, parameters.dataLocality());
        put(texts, VolumeKeys.FS_TYPE, parameters.fsType());
        put(texts, VolumeKeys.MKFS_PARAMS, parameters.mkfsParams());
        put(texts, VolumeKeys.DISK_SELECTOR, parameters.diskSelector());
        put(texts, VolumeKeys.NODE_SELECTOR, parameters.nodeSelector());
        put(texts, VolumeKeys.BACKUP_TARGET_NAME, parameters.backupTargetName());
        return texts;
    }

    private static <T> void put(Map<String, String> texts, Parameter<T> parameter, T value) {
        String text = parameter.write(value);
        if (!text.isEmpty() && !text.equals("[]")) {
            texts.put(parameter.key(), text);
        }
    }

    private static List<JobSpecification> recurringJobs(
            GivenParameters given, List<JobSpecification> otherwise, Settings settings, Violations violations) {
        String text = given.values().get(VolumeKeys.RECURRING_JOBS.key());
        return text == null ? otherwise : RecurringJobs.read(text, settings.maximumRetention(), violations);
    }

    private static void dropForeignKeys(GivenParameters given, Violations violations) {
        for (ForeignKeys.ForeignKey foreign : ForeignKeys.ALL) {
            String value = given.values().get(foreign.key());
            if (value == null) {
                continue;
            }
            given.remove(foreign.key());
            if (foreign.isHarmless(value)) {
                if (foreign.isAlwaysHarmless()) {
                    log.atWarn().addKeyValue("parameter", foreign.key()).log("ignored: {}", foreign.reason());
                }
            } else {
                violations.addUnsupported("parameter \"" + foreign.key() + "\" with the value \""
                        + NearestName.shown(value) + "\" is not offered; " + foreign.reason());
            }
        }
    }
}
