package io.drover.e2e.kind;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files by which a node image of kind becomes a cluster, and a cluster can be reached from outside. */
final class NodeFiles {
    static final int API_PORT = 6443;

    private static final String PODS = "10.244.0.0/16";
    private static final String SERVICES = "10.96.0.0/16";
    private static final Pattern POD_SUBNET = Pattern.compile("\\{\\{-?\\s*\\.PodSubnet\\s*-?}}");
    private static final Pattern SERVER = Pattern.compile("(?m)^(\\s*server:\\s*)https://\\S+$");

    private NodeFiles() {}

    /**
     * What {@code kubeadm init --config} reads, for one node that carries pods too.
     *
     * <p>Of kind's own settings those stay without which a kubelet does not live in a container: the cgroup that the image's units make for it
     * ({@code /kubelet}), swap that may be on, and a disk that is shared with the host and must not lead to evictions. kube-proxy leaves the table
     * of connections alone, as that is the host's.
     *
     * @param version of Kubernetes, as in {@code /kind/version}; else kubeadm asks the internet for the newest
     * @param address of the container in Docker's network
     * @param outside how this process reaches Docker; the API server's certificate is good for it
     */
    static String kubeadm(String version, String address, String outside) {
        return """
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                kubernetesVersion: "%1$s"
                clusterName: drover
                networking: {podSubnet: "%4$s", serviceSubnet: "%5$s"}
                apiServer:
                  certSANs: ["%2$s", "%3$s", localhost, 127.0.0.1]
                ---
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: InitConfiguration
                localAPIEndpoint: {advertiseAddress: "%2$s", bindPort: %6$d}
                nodeRegistration:
                  criSocket: unix:///run/containerd/containerd.sock
                  # An empty list and not none: without a list kubeadm keeps pods away from a control plane.
                  taints: []
                  kubeletExtraArgs:
                    - {name: node-ip, value: "%2$s"}
                ---
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                cgroupDriver: systemd
                cgroupRoot: /kubelet
                failSwapOn: false
                imageGCHighThresholdPercent: 100
                evictionHard: {nodefs.available: "0%%", nodefs.inodesFree: "0%%", imagefs.available: "0%%"}
                ---
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: iptables
                conntrack: {maxPerCore: 0}
                """.formatted(version, address, outside, PODS, SERVICES, API_PORT);
    }

    /**
     * The manifest of the pods' network that the image carries, filled in.
     *
     * @throws IllegalStateException if it wants to be told more than it did in the releases of kind that this was written for
     */
    static String network(String carried) {
        String filled = POD_SUBNET.matcher(carried).replaceAll(Matcher.quoteReplacement(PODS));
        if (filled.contains("{{")) {
            throw new IllegalStateException(
                    "the image's default-cni.yaml has a template that is not known here:\n" + filled);
        }
        return filled;
    }

    /** The administrator's kubeconfig, with the API server where it can be reached from outside. */
    static String kubeconfig(String inside, String host, int port) {
        Matcher server = SERVER.matcher(inside);
        if (!server.find()) {
            throw new IllegalStateException("the node's kubeconfig names no server");
        }
        return server.replaceAll("$1" + Matcher.quoteReplacement("https://" + host + ":" + port));
    }
}
