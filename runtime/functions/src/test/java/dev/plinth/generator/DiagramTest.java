package dev.plinth.generator;

import static dev.plinth.model.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.model.ArchitectureDefinition;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DiagramTest {
    private final GenerationInput shop = Examples.shop();

    @Test
    void tellsItsPartsToThoseWhoCannotSeeIt() throws Exception {
        Document svg = parsed(shop);

        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("title desc");
        assertThat(texts(svg, "title")).containsExactly("Corner shop: Shop on AWS");
        assertThat(texts(svg, "desc").get(0)).startsWith("Components: Client browser, API api, Service checkout, ")
                .contains("checkout to orders (writes), ").endsWith("shipping to invoices (writes).");
    }

    @Test
    void hasNoScriptLinkOrForeignContent() throws Exception {
        GenerationInput hostile = new GenerationInput("</title><script>alert(1)</script>", shop.schema(),
                ArchitectureDefinition.of(json("""
                        {'name': '<a href=\\'javascript:x\\'>&amp;', 'components': [
                          {'id': 'a', 'type': 'TOPIC'}, {'id': 'b', 'type': 'QUEUE'}], 'connections': [
                          {'from': 'a', 'to': 'b', 'label': '<image onload=x/>'}]}""".replace("\\'", "\\u0022"))),
                shop.settings());
        Document svg = parsed(hostile);

        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(all.item(i).getNodeName()).isIn("svg", "title", "desc", "style", "rect", "path", "text");
        }
        assertThat(texts(svg, "text")).contains("</title><script>alert(1)</script>: <a href=\"javascript:x\">&amp;",
                "<image onload=x/>");
    }

    @Test
    void drawsEachTypeInItsColumn() throws Exception {
        Map<String, Integer> lefts = boxes(parsed(shop));

        assertThat(lefts.get("browser")).isLessThan(lefts.get("api"));
        assertThat(lefts.get("api")).isLessThan(lefts.get("checkout"));
        assertThat(lefts.get("checkout")).isEqualTo(lefts.get("shipping")).isLessThan(lefts.get("sales"));
        assertThat(lefts.get("sales")).isLessThan(lefts.get("parcels"));
        assertThat(lefts.get("parcels")).isLessThan(lefts.get("orders"));
        assertThat(lefts.get("orders")).isEqualTo(lefts.get("invoices"));
    }

    @Test
    void keepsBoxesApartAndInsideThePicture() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            GenerationInput input = new RandomDocuments(seed).input("public").orElse(shop);
            Document svg = parsed(input);
            List<int[]> boxes = rectangles(svg, "box");

            assertThat(boxes).hasSize(input.architecture().components().size());
            int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
            int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
            for (int[] box : boxes) {
                assertThat(box[0]).isPositive();
                assertThat(box[1]).isPositive();
                assertThat(box[0] + box[2]).isLessThan(width);
                assertThat(box[1] + box[3]).isLessThan(height);
                assertThat(boxes.stream().filter(other -> other != box && overlap(box, other))).isEmpty();
            }
            for (int[] pill : rectangles(svg, "pill")) {
                assertThat(pill[0]).isPositive();
                assertThat(pill[0] + pill[2]).isLessThan(width);
                assertThat(boxes.stream().filter(box -> overlap(box, pill))).isEmpty();
            }
        }
    }

    @Test
    void drawsALineAndAnArrowForEachConnection() throws Exception {
        Document svg = parsed(shop);

        assertThat(elements(svg, "path", "line")).hasSize(7);
        assertThat(elements(svg, "path", "head")).hasSize(7);
        assertThat(elements(svg, "text", "label")).hasSize(5);
    }

    private static boolean overlap(int[] one, int[] other) {
        return one[0] < other[0] + other[2] && other[0] < one[0] + one[2]
                && one[1] < other[1] + other[3] && other[1] < one[1] + one[3];
    }

    private static List<int[]> rectangles(Document svg, String style) {
        return elements(svg, "rect", style).stream().map(rect -> new int[] {number(rect, "x"), number(rect, "y"),
                number(rect, "width"), number(rect, "height")}).toList();
    }

    /** Where boxes begin, by the name that follows each. */
    private static Map<String, Integer> boxes(Document svg) {
        List<Element> boxes = elements(svg, "rect", "box");
        List<Element> names = elements(svg, "text", "name");
        Map<String, Integer> lefts = new LinkedHashMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            lefts.put(names.get(i).getTextContent(), number(boxes.get(i), "x"));
        }
        return lefts;
    }

    private static int number(Element element, String name) {
        return Integer.parseInt(element.getAttribute(name));
    }

    private static List<Element> elements(Document svg, String name, String style) {
        List<Element> elements = new ArrayList<>();
        NodeList found = svg.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            if (List.of(element.getAttribute("class").split(" ")).contains(style)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static List<String> texts(Document svg, String name) {
        List<String> texts = new ArrayList<>();
        NodeList found = svg.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parsed(GenerationInput input) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(new Generator().generate(input).diagram()));
    }
}
