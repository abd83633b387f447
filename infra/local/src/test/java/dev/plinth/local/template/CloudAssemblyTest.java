package dev.plinth.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudAssemblyTest {
    private static final Pseudo PSEUDO = Pseudo.local("eu-west-1");
    private static final String ASSET_MANIFEST =
            "{\"type\": \"cdk:asset-manifest\", \"properties\": {\"file\": \"S.assets.json\"}}";
    private static final String EMPTY = "{\"Resources\": {}}";

    @TempDir
    private Path directory;

    @Test
    void saysHowToMakeAnAssemblyWhereThereIsNone() {
        assertThatThrownBy(() -> CloudAssembly.read(directory.resolve("cdk.out"))).isInstanceOf(TemplateException.class)
                .hasMessage("No cloud assembly in " + directory.resolve("cdk.out")
                        + ". Run `make synth` first, which writes it.");
    }

    @Test
    void ordersStacksByTheirDependencies() {
        CloudAssembly assembly = Assemblies.in(directory)
                .stack("C", EMPTY, "B", "C.assets").stack("B", EMPTY, "A").stack("A", EMPTY).read();

        assertThat(assembly.stacks()).extracting(StackArtifact::name).containsExactly("A", "B", "C");
    }

    @Test
    void refusesStacksThatDependOnEachOther() {
        assertThatThrownBy(() -> Assemblies.in(directory)
                .stack("A", EMPTY, "Innocent", "B").stack("B", EMPTY, "A").stack("Innocent", EMPTY).read())
                .isInstanceOf(TemplateException.class).hasMessageContaining("depend on each other: A -> B -> A");
    }

    @Test
    void findsConstructPathsInTheTemplateThenInTheManifestThenInTheMetadataFile() {
        CloudAssembly assembly = Assemblies.in(directory)
                .file("S.template.json", """
                        {"Resources": {
                          "One": {"Type": "T", "Metadata": {"aws:cdk:path": "S/One/Resource"}},
                          "Two": {"Type": "T"}, "Three": {"Type": "T"}, "Four": {"Type": "T"}}}""")
                .file("S.metadata.json", """
                        {"/S": [{"type": "aws:cdk:stack-tags", "data": [{"key": "project", "value": "plinth"}]}],
                         "/S/Three/Resource": [{"type": "aws:cdk:logicalId", "data": "Three"}]}""")
                .artifact("S", """
                        {"type": "aws:cloudformation:stack", "properties": {"templateFile": "S.template.json"},
                         "metadata": {"/S/Two/Resource": [{"type": "aws:cdk:logicalId", "data": "Two"}]},
                         "additionalMetadataFile": "S.metadata.json"}""")
                .read();

        List<PlannedResource> plan = new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED).plan();

        assertThat(plan).extracting(PlannedResource::constructPath)
                .containsExactly("S/One/Resource", "S/Two/Resource", "S/Three/Resource", "S/Four");
    }

    @Test
    void takesTheStackNameAndTheParametersFromTheManifest() {
        CloudAssembly assembly = Assemblies.in(directory)
                .file("S.template.json", """
                        {"Parameters": {"P": {"Type": "String"}}, "Resources": {},
                         "Outputs": {"O": {"Value": {"Ref": "P"}}}}""")
                .artifact("artifact", """
                        {"type": "aws:cloudformation:stack", "properties": {
                          "stackName": "Named", "templateFile": "S.template.json", "parameters": {"P": "given"}}}""")
                .read();

        DeployedStack stack = new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED)
                .deploy(resource -> new CreatedResource("x", Map.of())).get(0);

        assertThat(stack.name()).isEqualTo("Named");
        assertThat(stack.outputs()).extracting(DeployedStack.Output::value).containsExactly("given");
    }

    @Test
    void findsTheFileOfAnAssetByItsLocation() {
        CloudAssembly assembly = withAsset("asset.jar").file("asset.jar", "jar").read();

        FileAssets assets = assembly.assets(PSEUDO);

        assertThat(assets.asset("cdk-assets-000000000000-eu-west-1", "abc.jar"))
                .hasValue(directory.resolve("asset.jar"));
        assertThat(assets.asset("cdk-assets-000000000000-eu-west-1", "other.jar")).isEmpty();
        assertThat(assets.asset("cdk-assets-111111111111-eu-west-1", "abc.jar")).isEmpty();
    }

    @Test
    void namesAnAssetWhoseFileIsMissing() {
        FileAssets assets = withAsset("gone.jar").read().assets(PSEUDO);

        assertThatThrownBy(() -> assets.asset("cdk-assets-000000000000-eu-west-1", "abc.jar"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("The asset Runtime/Code has no file at " + directory.resolve("gone.jar"));
    }

    @Test
    void refusesContainerImages() {
        assertThatThrownBy(() -> Assemblies.in(directory)
                .file("S.assets.json", "{\"dockerImages\": {\"1\": {\"displayName\": \"Runtime/Image\"}}}")
                .artifact("S.assets", ASSET_MANIFEST)
                .read())
                .isInstanceOf(TemplateException.class).hasMessageContaining("container images (Runtime/Image)");
    }

    @Test
    void refusesNestedAssembliesByName() {
        assertThatThrownBy(() -> Assemblies.in(directory).artifact("assembly-Prod", """
                {"type": "cdk:cloud-assembly", "properties": {"directoryName": "a", "displayName": "Prod"}}""").read())
                .isInstanceOf(TemplateException.class).hasMessageContaining("the nested assembly Prod (a CDK Stage)");
    }

    @Test
    void refusesArtifactsOfOtherTypes() {
        assertThatThrownBy(() -> Assemblies.in(directory)
                .artifact("Tree", "{\"type\": \"cdk:tree\"}")
                .artifact("Flags", "{\"type\": \"cdk:feature-flag-report\"}")
                .artifact("X", "{\"type\": \"cdk:new\"}").read())
                .isInstanceOf(TemplateException.class).hasMessageContaining("the artifact X of type cdk:new");
    }

    @Test
    void refusesAnAssemblyThatLacksContext() {
        Assemblies.in(directory).file("manifest.json", """
                {"artifacts": {}, "missing": [{"key": "availability-zones:account=1"}]}""");

        assertThatThrownBy(() -> CloudAssembly.read(directory)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("lacks the context availability-zones:account=1");
    }

    @Test
    void refusesStacksForSeveralRegions() {
        String body = """
                {"type": "aws:cloudformation:stack", "environment": "aws://111111111111/%s",
                 "properties": {"templateFile": "S.json"}}""";
        CloudAssembly assembly = Assemblies.in(directory).file("S.json", EMPTY)
                .artifact("A", body.formatted("eu-west-1")).artifact("B", body.formatted("us-east-1")).read();

        assertThatThrownBy(() -> assembly.pseudo("eu-west-1")).isInstanceOf(TemplateException.class)
                .hasMessageContaining("several environments").hasMessageContaining("us-east-1");
    }

    @Test
    void saysWhichFileIsNotJson() {
        assertThatThrownBy(() -> Assemblies.single(directory, "{\"Resources\": {\n oops}}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("Shop.template.json is not JSON").hasMessageContaining("in line 2");
        assertThatThrownBy(() -> Assemblies.single(directory, "{\"Resources\": {}, \"Resources\": {}}"))
                .isInstanceOf(TemplateException.class).hasMessageContaining("Duplicate field 'Resources'");
    }

    private Assemblies withAsset(String path) {
        return Assemblies.in(directory)
                .file("S.assets.json", """
                        {"files": {"abc": {"displayName": "Runtime/Code",
                          "source": {"path": "%s", "packaging": "file"},
                          "destinations": {"current_account-current_region": {
                            "bucketName": "cdk-assets-${AWS::AccountId}-${AWS::Region}", "objectKey": "abc.jar"}}}}}"""
                        .formatted(path))
                .artifact("S.assets", ASSET_MANIFEST);
    }
}
