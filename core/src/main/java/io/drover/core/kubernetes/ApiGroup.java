package io.drover.core.kubernetes;

/**
 * A group of resources of the API, in the version that is used here.
 *
 * @param name empty = Kubernetes' core
 * @param remedy what to do when the server does not know its resources
 */
record ApiGroup(String name, String version, String remedy) {
    static final ApiGroup DROVER = new ApiGroup(
            "drover.io", "v1alpha1", "apply the definitions of charts/drover/crds, and look for the namespace");
    static final ApiGroup CORE = new ApiGroup("", "v1", "look for the namespace");
    static final ApiGroup COORDINATION = new ApiGroup("coordination.k8s.io", "v1", "look for the namespace");

    /** The path of a resource's objects in a namespace. */
    String path(String namespace, String plural) {
        return root() + "/namespaces/" + namespace + "/" + plural;
    }

    /** The path of an object that is in no namespace. */
    String clusterPath(String plural, String object) {
        return root() + "/" + plural + "/" + object;
    }

    /** {@code volumes.drover.io}, {@code pods}. */
    String qualified(String resource) {
        return name.isEmpty() ? resource : resource + "." + name;
    }

    private String root() {
        return name.isEmpty() ? "/api/" + version : "/apis/" + name + "/" + version;
    }
}
