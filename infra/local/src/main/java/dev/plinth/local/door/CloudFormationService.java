package dev.plinth.local.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.template.DeployedStack;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** CloudFormation's reading calls, so that programs find the outputs here as they do on AWS. */
final class CloudFormationService implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private static final List<String> OPERATIONS = List.of("DescribeStacks", "DescribeStackResources");

    private final Account account;
    private final Supplier<List<DeployedStack>> stacks;
    private final Instant created = Instant.now();

    CloudFormationService(Account account, Supplier<List<DeployedStack>> stacks) {
        this.account = account;
        this.stacks = stacks;
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public AwsCall parse(DoorRequest request) {
        ObjectNode parameters = JSON.createObjectNode();
        String form = request.body().length > 0 ? new String(request.body(), StandardCharsets.UTF_8) : request.query();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new AwsCall(name(), parameters.path("Action").asText(), parameters, Map.of(), request.body());
    }

    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        return switch (call.operation()) {
            case "DescribeStacks", "DescribeStackResources" -> Optional.of(List.of(new AccessRequest(
                    call.name(), stackArn(call.input().path("StackName").asText()), Map.of())));
            default -> Optional.empty();
        };
    }

    private String stackArn(String nameOrArn) {
        if (nameOrArn.isEmpty()) {
            return "*";
        }
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn("cloudformation", "stack/" + nameOrArn + "/*");
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        if (!OPERATIONS.contains(call.operation())) {
            return error(400, "InvalidAction",
                    "The laptop's cloud does not answer " + call.name() + ". It answers " + OPERATIONS + ".");
        }
        String wanted = call.input().path("StackName").asText();
        List<DeployedStack> found = stacks.get().stream()
                .filter(stack -> wanted.isEmpty() || stack.name().equals(wanted) || stack.id().equals(wanted)).toList();
        if (found.isEmpty() && !wanted.isEmpty()) {
            return error(400, "ValidationError", "Stack with id " + wanted + " does not exist");
        }
        return call.operation().equals("DescribeStacks") ? describeStacks(found) : describeResources(found);
    }

    private AwsAnswer describeStacks(List<DeployedStack> found) {
        return respond("DescribeStacks", xml -> {
            xml.writeStartElement("Stacks");
            for (DeployedStack stack : found) {
                xml.writeStartElement("member");
                element(xml, "StackName", stack.name());
                element(xml, "StackId", stack.id());
                element(xml, "Description", stack.description().orElse(null));
                element(xml, "CreationTime", created.toString());
                element(xml, "StackStatus", "CREATE_COMPLETE");
                xml.writeStartElement("Outputs");
                for (DeployedStack.Output output : stack.outputs()) {
                    xml.writeStartElement("member");
                    element(xml, "OutputKey", output.key());
                    element(xml, "OutputValue", output.value());
                    element(xml, "Description", output.description().orElse(null));
                    element(xml, "ExportName", output.exportName().orElse(null));
                    xml.writeEndElement();
                }
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
        });
    }

    private AwsAnswer describeResources(List<DeployedStack> found) {
        return respond("DescribeStackResources", xml -> {
            xml.writeStartElement("StackResources");
            for (DeployedStack stack : found) {
                for (DeployedStack.Resource resource : stack.resources()) {
                    xml.writeStartElement("member");
                    element(xml, "StackName", stack.name());
                    element(xml, "StackId", stack.id());
                    element(xml, "LogicalResourceId", resource.logicalId());
                    element(xml, "PhysicalResourceId", resource.physicalId());
                    element(xml, "ResourceType", resource.type());
                    element(xml, "ResourceStatus", "CREATE_COMPLETE");
                    element(xml, "Timestamp", created.toString());
                    xml.writeEndElement();
                }
            }
            xml.writeEndElement();
        });
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        return write(status, xml -> {
            xml.writeStartElement("ErrorResponse");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("Error");
            element(xml, "Type", status < 500 ? "Sender" : "Receiver");
            element(xml, "Code", code);
            element(xml, "Message", message);
            xml.writeEndElement();
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
        });
    }

    private interface Content {
        void writeTo(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static AwsAnswer respond(String operation, Content result) {
        return write(200, xml -> {
            xml.writeStartElement(operation + "Response");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement(operation + "Result");
            result.writeTo(xml);
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    private static AwsAnswer write(int status, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            content.writeTo(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML is written into memory", e);
        }
        return new AwsAnswer(status, Map.of("content-type", "text/xml"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void element(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        if (value != null) {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
        }
    }
}
