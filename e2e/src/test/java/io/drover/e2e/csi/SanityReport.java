package io.drover.e2e.csi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What csi-sanity's JUnit file says.
 *
 * @param passed how many specs ran and passed
 * @param failed one line each: the spec and what it complained about
 * @param skipped one line each: the spec and its reason; specs that were filtered out by us are not among them
 */
record SanityReport(int passed, List<String> failed, List<String> skipped) {
    static SanityReport read(Path junitFile) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(junitFile.toFile())
                    .getElementsByTagName("testcase");
            int passed = 0;
            List<String> failed = new ArrayList<>();
            List<String> skipped = new ArrayList<>();
            for (int i = 0; i < cases.getLength(); i++) {
                Element spec = (Element) cases.item(i);
                String name = spec.getAttribute("name");
                switch (spec.getAttribute("status")) {
                    case "passed" -> passed += name.startsWith("[It]") ? 1 : 0;
                    case "skipped" -> skipped.add(name + ": " + message(spec, "skipped"));
                    case "pending" -> skipped.add(name + ": pending in csi-sanity itself");
                    default -> failed.add(name + ": " + message(spec, "failure") + message(spec, "error"));
                }
            }
            return new SanityReport(passed, List.copyOf(failed), List.copyOf(skipped));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("csi-sanity's report " + junitFile + " is not readable", e);
        }
    }

    private static String message(Element spec, String kind) {
        NodeList found = spec.getElementsByTagName(kind);
        return found.getLength() == 0 ? "" : ((Element) found.item(0)).getAttribute("message");
    }
}
