package io.drover.e2e.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeFilesTest {
    @Test
    void kubeadmGetsOneDocumentOfEachKind() throws IOException {
        List<JsonNode> documents = documents(NodeFiles.kubeadm("v1.36.4", "172.17.0.3", "docker.example"));

        assertThat(documents)
                .extracting(document -> document.path("kind").asText())
                .containsExactly(
                        "ClusterConfiguration", "InitConfiguration", "KubeletConfiguration", "KubeProxyConfiguration");
        assertThat(documents.get(0).path("kubernetesVersion").asText()).isEqualTo("v1.36.4");
        assertThat(documents.get(0).at("/apiServer/certSANs"))
                .extracting(JsonNode::asText)
                .contains("172.17.0.3", "docker.example");
        assertThat(documents.get(1).at("/localAPIEndpoint/advertiseAddress").asText())
                .isEqualTo("172.17.0.3");
        assertThat(documents.get(2).at("/evictionHard/nodefs.available").asText())
                .isEqualTo("0%");
    }

    @Test
    void podsMayRunOnTheOnlyNode() throws IOException {
        JsonNode taints = documents(NodeFiles.kubeadm("v1.36.4", "172.17.0.3", "localhost"))
                .get(1)
                .at("/nodeRegistration/taints");

        assertThat(taints.isArray()).isTrue();
        assertThat(taints).isEmpty();
    }

    @Test
    void thePodsNetworkIsThatOfTheConfiguration() throws IOException {
        String subnet = documents(NodeFiles.kubeadm("v1.36.4", "172.17.0.3", "localhost"))
                .get(0)
                .at("/networking/podSubnet")
                .asText();

        assertThat(NodeFiles.network("value: {{ .PodSubnet }}\nother: {{.PodSubnet}}\n"))
                .isEqualTo("value: " + subnet + "\nother: " + subnet + "\n");
        assertThat(NodeFiles.network("value: plain\n")).isEqualTo("value: plain\n");
    }

    @Test
    void aTemplateThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> NodeFiles.network("value: {{ .Something }}")).hasMessageContaining(".Something");
    }

    @Test
    void theServerIsReachedFromOutside() {
        String inside = "clusters:\n- cluster:\n    server: https://172.17.0.3:6443\n  name: drover\n";

        assertThat(NodeFiles.kubeconfig(inside, "localhost", 32768))
                .isEqualTo("clusters:\n- cluster:\n    server: https://localhost:32768\n  name: drover\n");
        assertThatThrownBy(() -> NodeFiles.kubeconfig("clusters: []", "localhost", 1))
                .hasMessageContaining("names no server");
    }

    private static List<JsonNode> documents(String text) throws IOException {
        try (var values = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll();
        }
    }
}
