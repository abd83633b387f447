package dev.plinth.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicFunctionsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // Ref
        "{'Ref': 'AWS::AccountId'} | '000000000000'",
        "{'Ref': 'AWS::Region'} | 'eu-west-1'",
        "{'Ref': 'AWS::Partition'} | 'aws'",
        "{'Ref': 'AWS::URLSuffix'} | 'amazonaws.com'",
        "{'Ref': 'AWS::StackName'} | 'Shop'",
        "{'Ref': 'Stage'} | 'dev'",
        "{'Ref': 'Zones'} | ['a','b']",
        "{'Ref': 'Other'} | 'other-id'",
        "[1, {'Ref': 'AWS::NoValue'}, 2] | [1,2]",
        "{'A': {'Ref': 'AWS::NoValue'}, 'B': 1} | {'B':1}",
        // Fn::GetAtt
        "{'Fn::GetAtt': ['Other', 'Arn']} | 'other-arn'",
        "{'Fn::GetAtt': ['Other', 'Endpoint.Address']} | 'localhost'",
        "{'Fn::GetAtt': 'Other.Endpoint.Address'} | 'localhost'",
        // Fn::Sub
        "{'Fn::Sub': 'arn:${AWS::Partition}:x:${Other}/${Other.Arn}'} | 'arn:aws:x:other-id/other-arn'",
        "{'Fn::Sub': 'a ${!Literal} $ {b} }'} | 'a ${Literal} $ {b} }'",
        "{'Fn::Sub': ['${X}-${Stage}', {'X': {'Fn::GetAtt': ['Other', 'Arn']}}]} | 'other-arn-dev'",
        "{'Fn::Sub': ['${Stage}', {'Stage': 'shadow'}]} | 'shadow'",
        "{'Fn::Sub': ['${X}', {'X': '${Stage}'}]} | '${Stage}'",
        // Fn::Join, Fn::Select, Fn::Split
        "{'Fn::Join': ['-', ['a', 1, true, {'Ref': 'Stage'}]]} | 'a-1-true-dev'",
        "{'Fn::Join': [',', {'Ref': 'Zones'}]} | 'a,b'",
        "{'Fn::Select': ['1', ['a', 'b']]} | 'b'",
        "{'Fn::Select': [0, {'Fn::GetAZs': ''}]} | 'eu-west-1a'",
        "{'Fn::GetAZs': {'Ref': 'AWS::Region'}} | ['eu-west-1a','eu-west-1b','eu-west-1c']",
        "{'Fn::Split': ['::', 'a::b::']} | ['a','b','']",
        "{'Fn::Select': [2, {'Fn::Split': ['/', 'https://host/path']}]} | 'host'",
        // Fn::If and Fn::FindInMap
        "{'Fn::If': ['IsDev', 'yes', 'no']} | 'yes'",
        "{'Fn::If': ['IsProd', {'Ref': 'Other'}, 'no']} | 'no'",
        "{'Fn::If': ['Either', 'yes', 'no']} | 'yes'",
        "{'Fn::If': ['Both', 'yes', 'no']} | 'no'",
        "{'Fn::FindInMap': ['Sizes', {'Ref': 'Stage'}, 'Memory']} | 512",
        "{'Fn::FindInMap': ['Sizes', 'prod', 'Memory', {'DefaultValue': {'Ref': 'Stage'}}]} | 'dev'",
        // Fn::Base64
        "{'Fn::Base64': {'Fn::Sub': '${Stage} €'}} | 'ZGV2IOKCrA=='",
        // No function
        "{'Condition': {'StringEquals': {'k': 'v'}}, 'n': 1.5} | {'Condition':{'StringEquals':{'k':'v'}},'n':1.5}",
    })
    void resolves(String value, String expected) {
        assertThat(resolve(value)).hasToString(expected.replace('\'', '"'));
    }

    @Test
    void resolvesTheIdOfTheStack() {
        assertThat(resolve("{'Ref': 'AWS::StackId'}").asText()).isEqualTo(Pseudo.local("eu-west-1").stackId("Shop"));
    }

    @Test
    void removesAPropertyWithoutValue() {
        assertThat(resolve("{'Fn::If': ['IsDev', {'Ref': 'AWS::NoValue'}, 'x']}").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'Fn::Cidr': ['10.0.0.0/16', 2, 8]} | the function Fn::Cidr; supported: Ref, Fn::Base64",
        "{'Fn::Transform': {'Name': 'AWS::Include'}} | the function Fn::Transform",
        "{'Ref': 'Stage', 'Extra': 1} | Ref beside other members",
        "{'Ref': ['Stage']} | [\"Stage\"]; supported: a name written as a string",
        "{'Ref': 'Nobody'} | a reference to Nobody",
        "{'Ref': 'AWS::NotificationARNs'} | a reference to AWS::NotificationARNs",
        "{'Ref': 'BootstrapVersion'} | BootstrapVersion, a parameter of type AWS::SSM::Parameter::Value<String>",
        "{'Fn::GetAtt': ['Nobody', 'Arn']} | a reference to Nobody",
        "{'Fn::GetAtt': ['Stage', 'Arn']} | a reference to Stage",
        "{'Fn::GetAtt': ['Other']} | [\"Other\"]; supported: [logical id, attribute]",
        "{'Fn::GetAtt': 'Other'} | \"Other\"; supported: LogicalId.Attribute",
        "{'Fn::GetAtt': ['Other', 'Nothing']} | the attribute Nothing of Other (T); supported: Arn, Endpoint.Address",
        "{'Fn::Sub': '${Nobody}'} | a reference to Nobody",
        "{'Fn::Sub': '${Other.Nothing}'} | the attribute Nothing of Other",
        "{'Fn::Sub': '${Other'} | ${ without }",
        "{'Fn::Sub': '${a b}'} | the variable ${a b}",
        "{'Fn::Sub': ['x', 'y']} | \"y\"; supported: an object of variables",
        "{'Fn::Sub': ['${Z}', {'Z': {'Ref': 'Zones'}}]} | [\"a\",\"b\"]; supported: a string",
        "{'Fn::Join': ['-', 'abc']} | \"abc\"; supported: a list",
        "{'Fn::Join': ['-', [['a']]]} | [\"a\"]; supported: a string",
        "{'Fn::Join': [['a']]} | supported: [delimiter, list]",
        "{'Fn::Select': [2, ['a', 'b']]} | index 2; supported: 0 to 1",
        "{'Fn::Select': ['-1', ['a']]} | index -1",
        "{'Fn::Split': ['', 'a']} | an empty delimiter",
        "{'Fn::Split': [',', {'Ref': 'AWS::NoValue'}]} | AWS::NoValue; supported: a string",
        "{'Fn::If': ['Unknown', 1, 2]} | the condition Unknown; supported: IsDev, IsProd",
        "{'Fn::If': ['IsDev', 1]} | supported: [condition, value if true, value if false]",
        "{'Fn::If': ['IsDev', 1, {'Fn::Cidr': []}]} | the function Fn::Cidr",
        "{'Fn::If': ['IsDev', 1, {'Ref': 'Nobody'}]} | a reference to Nobody",
        "{'Fn::FindInMap': ['Nobody', 'a', 'b']} | the mapping Nobody; supported: Sizes",
        "{'Fn::FindInMap': ['Sizes', 'prod', 'Memory']} | no entry prod, Memory in mapping Sizes",
        "{'Fn::GetAZs': 'us-east-1'} | the region us-east-1; supported: eu-west-1",
        "{'Fn::Base64': ['a']} | [\"a\"]; supported: a string",
        "{'Fn::GetStackOutput': {'StackName': 'A'}} | supported: {StackName, OutputName, Region}",
        "{'Fn::GetStackOutput': {'StackName': 'A', 'OutputName': 'B', 'Account': '1'}} | found Account",
        "[null] | null; supported: any value but null",
    })
    void refuses(String value, String message) {
        assertThatThrownBy(() -> resolve(value)).isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("Shop/Subject/Resource (stack Shop, template /Resources/Subject/Properties/V")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesValuesThatAreNestedTooDeep(String open) {
        String close = open.equals("[") ? "]" : "}";
        String bomb = open.repeat(150) + "1" + close.repeat(150);

        assertThatThrownBy(() -> resolve(bomb)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("values nested deeper than 100");
    }

    @Test
    void refusesADefaultForFindInMapWithoutTheTransform() {
        assertThatThrownBy(() -> Assemblies.single(directory, """
                {"Mappings": {"M": {}}, "Resources": {"R": {"Type": "T", "Properties": {
                  "V": {"Fn::FindInMap": ["M", "a", "b", {"DefaultValue": 1}]}}}}}"""))
                .hasMessageContaining("that declares Transform AWS::LanguageExtensions");
    }

    private JsonNode resolve(String value) {
        CloudAssembly assembly = Assemblies.single(directory, """
                {"Transform": "AWS::LanguageExtensions",
                 "Parameters": {
                   "Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]},
                   "Zones": {"Type": "CommaDelimitedList", "Default": "a, b"},
                   "BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/x"}},
                 "Mappings": {"Sizes": {"dev": {"Memory": 512}}},
                 "Conditions": {
                   "IsDev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]},
                   "IsProd": {"Fn::Not": [{"Condition": "IsDev"}]},
                   "Either": {"Fn::Or": [{"Condition": "IsProd"}, {"Condition": "IsDev"}]},
                   "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Condition": "IsDev"}]}},
                 "Rules": {"CheckBootstrapVersion": {"Assertions": []}},
                 "Resources": {
                   "Other": {"Type": "T"},
                   "Subject": {"Type": "T", "Metadata": {"aws:cdk:path": "Shop/Subject/Resource"},
                     "DependsOn": "Other", "Properties": {"V": %s}}}}""".formatted(value.replace('\'', '"')));
        JsonNode[] seen = {MissingNode.getInstance()};
        new Deployment(assembly, Pseudo.local("eu-west-1"), DynamicReferences.REFUSED).deploy(resource -> {
            resource.properties().optionalJson("V").ifPresent(found -> seen[0] = found);
            return new CreatedResource("other-id", Map.of("Arn", "other-arn", "Endpoint.Address", "localhost"));
        });
        return seen[0];
    }
}
