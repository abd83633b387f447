package dev.plinth.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateParserTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'Transform': 'AWS::Serverless-2016-10-31'} | /Transform | supported: AWS::LanguageExtensions",
        "{'Hooks': {}} | /Hooks | found Hooks",
        "{'Rules': {'Mine': {}}} | /Rules/Mine | found Mine; supported: CheckBootstrapVersion",
        "{'Resources': {'R': {}}} | /Resources/R | found no Type",
        "{'Resources': {'R': 'x'}} | /Resources/R | found \"x\"; supported: an object",
        "{'Resources': {'R': {'Type': 'T', 'CreationPolicy': {}}}} | /Resources/R/CreationPolicy | CreationPolicy",
        "{'Resources': {'R': {'Type': 'T', 'DeletionPolicy': 'Keep'}}} | /Resources/R/DeletionPolicy | found Keep",
        "{'Resources': {'R': {'Type': 'T', 'DependsOn': 'X'}}} | /Resources/R/DependsOn | a reference to X",
        "{'Resources': {'R': {'Type': 'T', 'Condition': 'X'}}} | /Resources/R/Condition | the condition X",
        "{'Resources': {'R': {'Type': 'T', 'Properties': {'Ref': 'R'}}}} | /Resources/R/Properties | an object of",
        "{'Resources': {'R': {'Type': 'AWS::CloudFormation::Stack'}}} | /Resources/R | a nested stack",
        "{'Parameters': {'P': {'Type': 'String'}}} | /Parameters/P | a parameter without a default",
        "{'Parameters': {'P': {'Type': 'AWS::EC2::VPC::Id', 'Default': 'x'}}} | /Parameters/P/Type | AWS::EC2::VPC::Id",
        "{'Parameters': {'P': {'Type': 'String', 'Default': 'x', 'AllowedValues': ['y']}}} "
                + "| /Parameters/P | the value x",
        "{'Conditions': {'C': {'Fn::Equals': ['a']}}} | /Conditions/C/Fn::Equals | supported: [value, value]",
        "{'Conditions': {'C': {'Fn::Not': [true]}}} | /Conditions/C/Fn::Not/0 | found true",
        "{'Conditions': {'C': {'Fn::And': [{'Condition': 'C'}]}}} | /Conditions/C/Fn::And | a list of 2 to 10",
        "{'Conditions': {'C': {'Condition': 'D'}}} | /Conditions/C/Condition | the condition D",
        "{'Conditions': {'C': {'Fn::Equals': [{'Ref': 'R'}, '']}}, 'Resources': {'R': {'Type': 'T'}}} "
                + "| /Conditions/C/Fn::Equals/0/Ref | conditions see no resources",
        "{'Outputs': {'O': {}}} | /Outputs/O | an output without a value",
        "{'Outputs': {'O': {'Value': 1, 'Export': {}}}} | /Outputs/O/Export | an export without a name",
        "{'Outputs': {'O': {'Value': 1, 'Sensitive': true}}} | /Outputs/O/Sensitive | found Sensitive",
        "{'Outputs': {'O': {'Value': {'Ref': 'X'}}}} | /Outputs/O/Value/Ref | a reference to X",
    })
    void refuses(String template, String pointer, String message) {
        assertThatThrownBy(() -> Assemblies.single(directory, template.replace('\'', '"')))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("stack Shop, template " + pointer + ")")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnOutputThatIsNotText() {
        CloudAssembly assembly = Assemblies.single(directory, "{\"Outputs\": {\"O\": {\"Value\": [1]}}}");

        assertThatThrownBy(() -> deploy(assembly)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("template /Outputs/O/Value): found [1]");
    }

    @Test
    void refusesConditionsThatDependOnEachOther() {
        CloudAssembly assembly = Assemblies.single(directory, """
                {"Conditions": {
                   "Innocent": {"Fn::Equals": ["a", "b"]},
                   "A": {"Fn::Or": [{"Condition": "Innocent"}, {"Condition": "B"}]},
                   "B": {"Fn::Not": [{"Condition": "A"}]}},
                 "Resources": {"R": {"Type": "T", "Condition": "A"}}}""");

        assertThatThrownBy(() -> deploy(assembly)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("a cycle of conditions: A -> B -> A");
    }

    @Test
    void escapesNamesInPointers() {
        assertThat(Place.of("S").at("a/b~c").at(0).pointer()).isEqualTo("/a~1b~0c/0");
    }

    private static void deploy(CloudAssembly assembly) {
        new Deployment(assembly, Pseudo.local("eu-west-1"), DynamicReferences.REFUSED).plan();
        new Deployment(assembly, Pseudo.local("eu-west-1"), DynamicReferences.REFUSED).deploy(resource -> {
            throw new AssertionError("creates " + resource);
        });
    }
}
