package dev.plinth.local.cloud;

import dev.plinth.local.mail.Outbox;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Identities and configuration sets of SES. Every identity is verified at once, since no mail leaves the laptop. */
final class MailResources {
    private static final String NOT_SENT = "no mail leaves the laptop";

    private final Outbox outbox;

    MailResources(Outbox outbox) {
        this.outbox = outbox;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                "AWS::SES::EmailIdentity", this::createIdentity,
                "AWS::SES::ConfigurationSet", this::createConfigurationSet);
    }

    private CreatedResource createIdentity(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String identity = properties.string("EmailIdentity");
        Optional<String> set = properties.optionalObject("ConfigurationSetAttributes")
                .flatMap(attributes -> attributes.optionalString("ConfigurationSetName"));
        set.filter(name -> !outbox.hasConfigurationSet(name)).ifPresent(name -> {
            throw properties.refuse("ConfigurationSetAttributes", "a configuration set of these templates");
        });
        for (String name : new String[] {"DkimAttributes", "DkimSigningAttributes", "FeedbackAttributes",
                "MailFromAttributes"}) {
            properties.ignored(name, NOT_SENT);
        }
        properties.ignored("Tags", "nothing reads tags here");
        outbox.addIdentity(identity, set);
        Map<String, String> records = new HashMap<>();
        for (int i = 1; i <= 3; i++) {
            String token = "laptop" + i;
            records.put("DkimDNSTokenName" + i, token + "._domainkey." + identity);
            records.put("DkimDNSTokenValue" + i, token + ".dkim.amazonses.com");
        }
        return new CreatedResource(identity, records);
    }

    private CreatedResource createConfigurationSet(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("Name")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 64));
        properties.optionalObject("SendingOptions").flatMap(options -> options.oneOf("SendingEnabled", "true"));
        for (String option : new String[] {"DeliveryOptions", "ReputationOptions", "SuppressionOptions",
                "TrackingOptions", "VdmOptions"}) {
            properties.ignored(option, NOT_SENT);
        }
        properties.ignored("Tags", "nothing reads tags here");
        outbox.addConfigurationSet(name);
        return new CreatedResource(name, Map.of());
    }
}
