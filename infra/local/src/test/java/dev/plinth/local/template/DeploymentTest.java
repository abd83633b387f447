package dev.plinth.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
    private static final Pseudo PSEUDO = Pseudo.local("eu-west-1");

    @TempDir
    private Path directory;

    private final List<String> created = new ArrayList<>();
    private final List<JsonNode> values = new ArrayList<>();

    @Test
    void createsAResourceAfterThoseItRefersTo() {
        deploy("""
                {"Resources": {
                  "Last": {"Type": "T", "DependsOn": "Third", "Properties": {"V": "x"}},
                  "Third": {"Type": "T", "Properties": {"V": {"Fn::Sub": "${Second.Arn}"}}},
                  "Second": {"Type": "T", "Properties": {"V": {"Fn::GetAtt": ["First", "Arn"]}}},
                  "First": {"Type": "T"}}}""");

        assertThat(created).containsExactly("First", "Second", "Third", "Last");
        assertThat(values.get(1)).hasToString("\"arn-of-First\"");
    }

    @Test
    void plansTheResourcesInTheOrderInWhichItCreatesThem() {
        CloudAssembly assembly = Assemblies.single(directory, """
                {"Conditions": {"No": {"Fn::Equals": ["a", "b"]}},
                 "Resources": {
                  "B": {"Type": "T::B", "Properties": {"V": {"Ref": "A"}}, "DeletionPolicy": "Retain"},
                  "Absent": {"Type": "T::Absent", "Condition": "No"},
                  "A": {"Type": "T::A", "Metadata": {"aws:cdk:path": "Shop/A/Resource"}}}}""");

        List<PlannedResource> plan = new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED).plan();

        assertThat(plan).containsExactly(
                new PlannedResource("Shop", "A", "T::A", "Shop/A/Resource", Optional.empty()),
                new PlannedResource("Shop", "B", "T::B", "Shop/B", Optional.of("Retain")));
        assertThat(plan.get(0).refuse("the type T::A", "T::B")).hasMessage(
                "Shop/A/Resource (stack Shop, template /Resources/A): found the type T::A; supported: T::B.");
    }

    @Test
    void namesTheResourcesOfACycle() {
        assertThatThrownBy(() -> deploy("""
                {"Resources": {
                  "A": {"Type": "T", "Properties": {"V": {"Ref": "B"}}},
                  "B": {"Type": "T", "Metadata": {"aws:cdk:path": "Shop/Bee"}, "DependsOn": ["C"]},
                  "C": {"Type": "T", "Properties": {"V": {"Fn::GetAtt": "A.Arn"}}}}}"""))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("A (Shop/A) -> B (Shop/Bee) -> C (Shop/C) -> A (Shop/A)");
        assertThat(created).isEmpty();
    }

    @Test
    void givesTheOutputsOfAStackToTheStacksAfterIt() {
        CloudAssembly assembly = Assemblies.in(directory)
                .stack("Runtime", """
                        {"Resources": {"F": {"Type": "T", "Properties": {"V": [
                          {"Fn::ImportValue": "Tables:Name"},
                          {"Fn::GetStackOutput": {"StackName": "Tables", "OutputName": "Arn"}}]}}}}""", "Tables")
                .stack("Tables", """
                        {"Description": "The tables", "Resources": {"Orders": {"Type": "T"}},
                         "Outputs": {
                           "Name": {"Value": {"Ref": "Orders"}, "Export": {"Name": "Tables:Name"}},
                           "Arn": {"Value": {"Fn::GetAtt": ["Orders", "Arn"]}, "Description": "The ARN"}}}""")
                .read();

        List<DeployedStack> stacks = deploy(assembly);

        assertThat(values.get(1)).hasToString("[\"id-of-Orders\",\"arn-of-Orders\"]");
        assertThat(stacks).extracting(DeployedStack::name).containsExactly("Tables", "Runtime");
        DeployedStack tables = stacks.get(0);
        assertThat(tables.id()).startsWith("arn:aws:cloudformation:eu-west-1:000000000000:stack/Tables/");
        assertThat(tables.description()).hasValue("The tables");
        assertThat(tables.resources())
                .containsExactly(new DeployedStack.Resource("Orders", "T", "id-of-Orders", "Tables/Orders"));
        assertThat(tables.outputs()).containsExactly(
                new DeployedStack.Output("Name", "id-of-Orders", Optional.empty(), Optional.of("Tables:Name")),
                new DeployedStack.Output("Arn", "arn-of-Orders", Optional.of("The ARN"), Optional.empty()));
    }

    @Test
    void refusesAnExportThatTwoStacksDeclare() {
        String exporting = """
                {"Resources": {"R": {"Type": "T"}}, "Outputs": {"O": {"Value": "v", "Export": {"Name": "Same"}}}}""";
        CloudAssembly assembly = Assemblies.in(directory).stack("One", exporting).stack("Two", exporting).read();

        assertThatThrownBy(() -> deploy(assembly)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("stack Two, template /Outputs/O/Export/Name")
                .hasMessageContaining("the export Same, which stack One exports already");
    }

    @Test
    void refusesOutputsOfStacksThatAreNotDeployedBefore() {
        String consuming = """
                {"Resources": {"R": {"Type": "T", "Properties": {"V": %s}}}}""";

        assertThatThrownBy(() -> deploy(consuming.formatted("""
                {"Fn::GetStackOutput": {"StackName": "Tables", "OutputName": "Arn"}}""")))
                .hasMessageContaining("the output Arn of stack Tables")
                .hasMessageContaining("stack Tables is not among them");
        assertThatThrownBy(() -> deploy(consuming.formatted("{\"Fn::ImportValue\": \"X\"}")))
                .hasMessageContaining("an import of X; supported: exports of stacks deployed before: none");
        assertThatThrownBy(() -> deploy(consuming.formatted("""
                {"Fn::GetStackOutput": {"StackName": "Tables", "OutputName": "Arn", "Region": "us-east-1"}}""")))
                .hasMessageContaining("the region us-east-1; supported: eu-west-1");
        assertThatThrownBy(() -> deploy(consuming.formatted("""
                {"Fn::GetStackOutput": {"StackName": "Tables", "OutputName": "Arn", "RoleArn": "arn:x"}}""")))
                .hasMessageContaining("an output of another account");
    }

    @Test
    void leavesOutWhatAConditionDenies() {
        List<DeployedStack> stacks = deploy("""
                {"Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
                 "Conditions": {
                   "Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
                   "Dev": {"Fn::Not": [{"Condition": "Prod"}]}},
                 "Resources": {
                   "Kept": {"Type": "T", "Condition": "Dev", "DependsOn": "Gone",
                            "Properties": {"V": {"Fn::If": ["Prod", {"Ref": "Gone"}, {"Ref": "AWS::NoValue"}]}}},
                   "Gone": {"Type": "T", "Condition": "Prod"}},
                 "Outputs": {"No": {"Condition": "Prod", "Value": {"Ref": "Gone"}}}}""");

        assertThat(created).containsExactly("Kept");
        assertThat(values.get(0).isMissingNode()).isTrue();
        assertThat(stacks.get(0).outputs()).isEmpty();
    }

    @Test
    void refusesAReferenceToAResourceWhoseConditionIsFalse() {
        String template = """
                {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
                 "Resources": {
                   "Gone": {"Type": "T", "Condition": "Never"},
                   "R": {"Type": "T", "Properties": {"V": %s}}},
                 "Outputs": {"O": {"Value": %s}}}""";

        assertThatThrownBy(() -> deploy(template.formatted("{\"Ref\": \"Gone\"}", "1")))
                .hasMessageContaining("Shop/R (stack Shop, template /Resources/R/Properties/V/Ref)")
                .hasMessageContaining("Gone, which does not exist since its condition Never is false");
        assertThatThrownBy(() -> deploy(template.formatted("1", "{\"Ref\": \"Gone\"}")))
                .hasMessageContaining("Gone, which is not created; its condition Never is false");
    }

    @Test
    void refusesAnAttributeThatTheCreatorDoesNotGive() {
        assertThatThrownBy(() -> deploy("""
                {"Resources": {"A": {"Type": "T::A"}, "B": {"Type": "T", "Metadata": {"aws:cdk:path": "Shop/Bee"},
                  "Properties": {"V": {"Fn::GetAtt": ["A", "StreamArn"]}}}}}"""))
                .isInstanceOf(TemplateException.class)
                .hasMessage("Shop/Bee (stack Shop, template /Resources/B/Properties/V/Fn::GetAtt): found the attribute "
                        + "StreamArn of A (T::A); supported: Arn.");
    }

    @Test
    void reportsThePropertiesThatTheCreatorLeft() {
        assertThatThrownBy(() -> deploy("""
                {"Resources": {"A": {"Type": "T", "Properties": {"V": 1, "Tags": [], "Speed": "high"}}}}"""))
                .isInstanceOf(TemplateException.class)
                .hasMessage("Shop/A (stack Shop, template /Resources/A/Properties): found properties that have no "
                        + "effect here: Tags, Speed; supported: V.");
    }

    @Test
    void namesTheConstructWhenItsCreationFails() {
        CloudAssembly assembly = Assemblies.single(directory, "{\"Resources\": {\"A\": {\"Type\": \"T::A\"}}}");

        assertThatThrownBy(() -> new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED).deploy(resource -> {
            throw new IllegalStateException("port 8000 is taken");
        })).isInstanceOf(TemplateException.class)
                .hasMessage("Shop/A (stack Shop, template /Resources/A): this T::A could not be created: "
                        + "port 8000 is taken")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void resolvesDynamicReferencesOnce() {
        CloudAssembly assembly = Assemblies.single(directory, """
                {"Resources": {"A": {"Type": "T", "Properties": {"V": {"Fn::Join": ["",
                  ["user:{{resolve:secretsmanager:", {"Ref": "AWS::Region"}, ":SecretString:p::}}"]]}}}}}""");
        List<String> asked = new ArrayList<>();

        new Deployment(assembly, PSEUDO, reference -> {
            asked.add(reference);
            return Optional.of("$1{{resolve:ssm:x}}");
        }).deploy(this::create);

        assertThat(asked).containsExactly("secretsmanager:eu-west-1:SecretString:p::");
        assertThat(values.get(0).asText()).isEqualTo("user:$1{{resolve:ssm:x}}");
    }

    @Test
    void refusesDynamicReferencesByDefault() {
        assertThatThrownBy(() -> deploy("""
                {"Resources": {"A": {"Type": "T", "Properties": {
                  "V": {"Deep": ["{{resolve:ssm:/plinth/name}}"]}}}}}"""))
                .hasMessageContaining("template /Resources/A/Properties/V/Deep/0")
                .hasMessageContaining("the dynamic reference {{resolve:ssm:/plinth/name}}");
    }

    @Test
    void refusesAStackForAnotherRegion() {
        CloudAssembly assembly = Assemblies.in(directory).file("S.json", "{\"Resources\": {\"A\": {\"Type\": \"T\"}}}")
                .artifact("S", """
                        {"type": "aws:cloudformation:stack", "environment": "aws://111111111111/us-east-1",
                         "properties": {"templateFile": "S.json"}}""").read();

        assertThatThrownBy(() -> new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED))
                .isInstanceOf(TemplateException.class).hasMessageContaining("us-east-1");
        Pseudo fixed = assembly.pseudo("eu-west-1");
        assertThat(fixed.accountId()).isEqualTo("111111111111");
        assertThat(new Deployment(assembly, fixed, DynamicReferences.REFUSED).deploy(this::create)).hasSize(1);
    }

    private List<DeployedStack> deploy(String template) {
        return deploy(Assemblies.single(directory, template));
    }

    private List<DeployedStack> deploy(CloudAssembly assembly) {
        return new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED).deploy(this::create);
    }

    private CreatedResource create(ResourceDefinition resource) {
        String id = resource.logicalId();
        created.add(id);
        values.add(resource.properties().optionalJson("V").orElse(MissingNode.getInstance()));
        return new CreatedResource("id-of-" + id, Map.of("Arn", "arn-of-" + id));
    }
}
