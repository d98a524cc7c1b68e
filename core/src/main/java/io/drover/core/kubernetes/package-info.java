/**
 * The Kubernetes half of core's ports: the records ({@link io.drover.core.kubernetes.KubernetesStore}), the credentials of backup targets,
 * who leads, events, and where the hosts are. The only package that knows the client library; others see the ports and the model.
 *
 * <p>Records are read from a mirror in memory per kind, fed by one watch each, and from the API server itself whenever the mirror cannot
 * be trusted or does not have what is asked for: what is unknown is never taken for absent. Writes go to the API server, by version, and
 * into the mirror.
 */
@NullMarked
package io.drover.core.kubernetes;

import org.jspecify.annotations.NullMarked;
